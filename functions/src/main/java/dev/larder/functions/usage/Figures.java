package dev.larder.functions.usage;

import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;

/** An image's figures, for ranking and for looking at. The record is the days; these can be computed from it any time. */
public interface Figures {
    /**
     * The figures.
     *
     * @param pulls of the days that are closed
     * @param coldPulls of them
     * @param score of them, in base-2 logarithm; absent when nobody pulled
     * @param lastPulledAt of them
     * @param closedThrough the last day with pulls that is in them; absent when none is
     * @param halfLife that the score was made with; nothing when there is none
     */
    record ImageFigures(
            long pulls,
            long coldPulls,
            OptionalDouble score,
            Optional<Instant> lastPulledAt,
            Optional<LocalDate> closedThrough,
            Duration halfLife) {
        /** Whether the score can be added to. */
        boolean isMadeWith(Duration other) {
            return closedThrough.isEmpty() || halfLife.equals(other);
        }

        /** Nobody pulled. */
        public static final ImageFigures NONE =
                new ImageFigures(0, 0, OptionalDouble.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    /** The figures of an image. */
    ImageFigures of(Tagged image);

    /** What the image is ranked by now; absent when it is not ranked. */
    OptionalDouble popularity(Tagged image);

    /**
     * Replaces the figures.
     *
     * @param popularity to rank by, today's pulls included
     * @return false when the days in them are no longer those in {@code seen}; nothing was written then
     */
    boolean replace(Tagged image, ImageFigures seen, ImageFigures to, OptionalDouble popularity);

    /** Ranks the image by today's pulls, too; leaves the figures alone. */
    void rank(Tagged image, double popularity);
}
