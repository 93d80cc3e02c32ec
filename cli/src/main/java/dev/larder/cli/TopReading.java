package dev.larder.cli;

import dev.larder.cli.Popularity.Index;
import dev.larder.cli.Popularity.Ranked;
import dev.larder.config.Upstream;
import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.TaggedImage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads the images that are pulled most. */
record TopReading(UsageRecord record, List<Upstream> upstreams) {
    /** By popularity, with all pulls that are kept; reads the index, and then the days of those it shows. */
    List<TopRow> popular(int count) {
        Map<LocalDate, Map<ImageReference, ImageDay>> open = record.history().openDays();
        Popularity popularity =
                new Popularity(open, image -> record.figures().of(image).score());
        LastPulls lastPulls = new LastPulls(record.images(), open);
        return popularity.top(count, index(count)).stream()
                .map(ranked -> row(ranked, lastPulls))
                .toList();
    }

    /** Twice as many as are shown, so that the first that is not read is well below the last that is shown. */
    private Index index(int count) {
        List<Tagged> images = new ArrayList<>();
        OptionalDouble others = OptionalDouble.empty();
        for (Upstream upstream : upstreams) {
            List<TaggedImage> popular = record.images().popular(upstream.prefix(), 2 * count);
            popular.forEach(image -> images.add(image.image()));
            if (popular.size() == 2 * count) {
                double least = popular.getLast().popularity().orElse(Double.NEGATIVE_INFINITY);
                others = OptionalDouble.of(Math.max(least, others.orElse(Double.NEGATIVE_INFINITY)));
            }
        }
        return new Index(images, others);
    }

    private TopRow row(Ranked ranked, LastPulls lastPulls) {
        Collection<ImageDay> days = record.history()
                .of(ranked.image(), LocalDate.EPOCH, record.today())
                .values();
        return new TopRow(
                ranked.image(),
                days.stream().map(Sums::of).reduce(Sums.NONE, Sums::plus),
                lastPulls.of(ranked.image()),
                OptionalDouble.of(ranked.score()));
    }

    /** By sums over some days; a pull by digest is the digest's. */
    List<TopRow> since(LocalDate from, Ranking by, int count) {
        LastPulls lastPulls = new LastPulls(record.images(), record.history().openDays());
        return by.top(count, record.rows(from)).stream()
                .map(image ->
                        new TopRow(image.image(), image.sums(), lastPulls.of(image.image()), OptionalDouble.empty()))
                .toList();
    }
}
