package dev.larder.domain.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an upstream's budget is saved for: an image that costs more than half of the share, and so is paid only after a whole
 * window in which nothing was ({@link TokenBucket}). While it lasts nothing is spent that can wait: others spend a little at
 * every turn, and there would be no such window.
 *
 * @param image what it is for
 * @param until when it ends at the latest, whether the image was paid or not
 */
public record Saving(String image, Instant until) {
    /**
     * Begins, unless the last one ended less than a window and the time between two plans ago: what had to wait has its
     * turn in between.
     *
     * @param last the one before
     * @param window the upstream's
     * @param plans the longest time between two plans
     */
    public static Optional<Saving> begin(
            Optional<Saving> last, String image, Duration window, Duration plans, Instant now) {
        boolean rested = last.map(before -> before.until.plus(window).plus(plans))
                .filter(now::isBefore)
                .isEmpty();
        // the window begins when what was ordered before is settled, and the image is paid in the first plan after it
        return rested ? Optional.of(new Saving(image, now.plus(window).plus(plans.multipliedBy(2)))) : Optional.empty();
    }

    /** Whether it lasts. */
    public boolean isOn(Instant now) {
        return now.isBefore(until);
    }

    /** Ends it. */
    public Saving ended(Instant now) {
        return isOn(now) ? new Saving(image, now) : this;
    }
}
