package dev.larder.config;

import java.time.Duration;
import java.util.List;

/**
 * How pulls are counted.
 *
 * @param halfLife after this time a pull weighs half in an image's popularity
 * @param exclude ARNs of roles and users whose pulls do not count
 */
public record Usage(Duration halfLife, List<String> exclude) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when the half-life is not positive
     */
    public Usage {
        if (!halfLife.isPositive()) {
            throw new IllegalArgumentException("not a half-life: " + halfLife + "; expected a time above zero");
        }
        exclude = List.copyOf(exclude);
    }
}
