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
    /** Copies the list. */
    public Usage {
        exclude = List.copyOf(exclude);
    }
}
