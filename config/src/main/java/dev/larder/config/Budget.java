package dev.larder.config;

import java.time.Duration;
import java.util.Locale;

/**
 * An upstream's own limit, and what of it is kept for users.
 *
 * @param pulls how many pulls the upstream allows in each window
 * @param per the window
 * @param reservePercent 0 to 100: the share that Larder leaves to users
 * @param counts what the upstream counts as a pull
 */
public record Budget(int pulls, Duration per, int reservePercent, Counts counts) {
    /** @throws IllegalArgumentException when a figure is out of bounds */
    public Budget {
        if (pulls < 1 || !per.isPositive() || reservePercent < 0 || reservePercent > 100) {
            throw new IllegalArgumentException("not a budget: " + pulls + " pulls per " + per + " with a reserve of "
                    + reservePercent + "%; expected pulls and a time above zero, and a reserve of 0 to 100%");
        }
    }

    /** What an upstream counts against its limit. */
    public enum Counts {
        /** Manifests that are fetched, of every architecture; as Docker Hub does. */
        MANIFESTS,
        /** Requests of any kind. */
        REQUESTS;

        /** What a registry counts as far as is known: Docker Hub manifests; any other might count every request. */
        public static Counts usual(Registry registry) {
            return registry == Registry.DOCKER_HUB ? MANIFESTS : REQUESTS;
        }

        /** The word in the file. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
