package dev.larder.functions.planning;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.Warmth;
import java.time.Instant;
import java.util.Optional;

/**
 * What the last try to warm a pinned image failed with, whatever kind of failure it was.
 *
 * @param times in a row, for reasons that last; 0 when this one does not
 */
public record PinFailure(Instant at, int times, String reason) {
    /** That of an image; none when it was warmed since, or its tag was checked by anybody since a failure that passes. */
    public static Optional<PinFailure> of(ImageRecords records, ImageReference pin) {
        Warmth warmth = records.warmth(pin);
        return warmth.lastFailureAt()
                .filter(at -> warmth.failures() > 0 || !isCheckedSince(records, pin, at))
                .map(at -> new PinFailure(
                        at,
                        warmth.failures(),
                        warmth.lastFailureCode().orElse("unknown") + ": "
                                + warmth.lastFailureReason().orElse("no reason was given")));
    }

    private static boolean isCheckedSince(ImageRecords records, ImageReference pin, Instant at) {
        return pin instanceof Tagged tagged
                && records.tagged(tagged)
                        .filter(image -> image.digest().isPresent())
                        .flatMap(image -> image.checkedAt().filter(at::isBefore))
                        .isPresent();
    }
}
