package dev.larder.cli;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.RecordState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what is known of one image's pulls, from both witnesses. */
record ImageUsageReading(UsageRecord record, EcrWitness ecr) {
    ImageUsage of(ImageReference image, LocalDate from) {
        Instant now = record.now();
        TreeMap<LocalDate, ImageDay> days = new TreeMap<>(record.history().of(image, from, record.today()));
        RecordState state = record.state();
        Optional<Instant> complete = state.completeSince(image.repository());
        return new ImageUsage(
                image,
                from,
                days,
                switch (image) {
                    case Digested(var repository, var digest) ->
                        record.images().tagging(repository).tagsOf(digest, now);
                    case Tagged tagged -> List.of();
                },
                new LastPulls(record.images(), record.history().openDays()).of(image),
                ecr.lastPullOf(image),
                Witness.of(
                        state.trail(),
                        complete,
                        state.waiting(),
                        record.checked().unheard(),
                        now),
                complete);
    }
}
