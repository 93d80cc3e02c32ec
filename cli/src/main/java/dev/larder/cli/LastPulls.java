package dev.larder.cli;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When images were last pulled, by the record.
 *
 * @param images what is known of closed days
 * @param open the days that are not closed
 */
record LastPulls(ImageRecords images, Map<LocalDate, Map<ImageReference, ImageDay>> open) {
    Optional<Instant> of(ImageReference image) {
        Optional<Instant> closed = switch (image) {
            case Tagged tagged -> images.tagged(tagged).flatMap(TaggedImage::lastPulledAt);
            case Digested(var repository, var digest) ->
                images.manifest(repository, digest).flatMap(StoredManifest::lastPulledAt);
        };
        return latest(image, closed);
    }

    /** The later of a time of closed days and the open days' last pull. */
    Optional<Instant> latest(ImageReference image, Optional<Instant> closed) {
        return Stream.concat(
                        closed.stream(),
                        open.values().stream()
                                .map(day -> day.get(image))
                                .filter(Objects::nonNull)
                                .flatMap(day -> day.lastPulledAt().stream()))
                .max(Instant::compareTo);
    }
}
