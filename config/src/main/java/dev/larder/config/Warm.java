package dev.larder.config;

import java.time.Duration;
import java.util.List;

/**
 * What to keep warm.
 *
 * @param schedule an EventBridge Scheduler expression: {@code rate(15 minutes)} or {@code cron(...)}
 * @param platforms for instance {@code linux/amd64}
 * @param pins images that are warm whether or not anyone pulls them: {@code repository:tag}, the tag perhaps with
 *     {@code *} in it, {@code repository@sha256:...} or {@code repository:tag@sha256:...}
 * @param tracks images of which the newest versions are warm
 * @param popular which images are warm because many pull them
 * @param limits where warming stops
 * @param cells the cells, {@code account/region}, that warm what is popular in another; none when each warms its own only
 * @param substitutes where an equal image costs less, in the file's order
 */
public record Warm(
        String schedule,
        List<String> platforms,
        List<String> pins,
        List<Track> tracks,
        Popular popular,
        Limits limits,
        List<String> cells,
        List<Substitute> substitutes) {
    /** Copies the lists. */
    public Warm {
        platforms = List.copyOf(platforms);
        pins = List.copyOf(pins);
        tracks = List.copyOf(tracks);
        cells = List.copyOf(cells);
        substitutes = List.copyOf(substitutes);
    }

    /** As a function of a cell knows it: {@link #cells} are the others, those that the cell tells what is popular in it. */
    public Warm in(Cell here) {
        List<String> others =
                cells.stream().filter(cell -> !cell.equals(here.toString())).toList();
        return new Warm(schedule, platforms, pins, tracks, popular, limits, others, substitutes);
    }

    /**
     * Which images are popular enough to be kept warm.
     *
     * @param top at most this many, the most popular first
     * @param minimumPulls at least this many pulls within that time
     * @param within the time that counts, by whole days (UTC)
     */
    public record Popular(int top, int minimumPulls, Duration within) {
        /** So far back pulls are looked at; what was pulled before does not count. */
        public static final Duration LONGEST = Duration.ofDays(28);

        /** @throws IllegalArgumentException when a figure is below zero, or the time is not positive */
        public Popular {
            if (top < 0 || minimumPulls < 0 || !within.isPositive()) {
                throw new IllegalArgumentException("not a measure of popularity: top " + top + ", at least "
                        + minimumPulls + " pulls within " + within + "; expected 0 or more, and a time above zero");
            }
        }
    }

    /**
     * Where warming stops, whatever the upstreams would allow.
     *
     * @param imagesPerRun at most this many images are ordered in a run of the planner
     * @param bytesPerDay at most this many bytes are imported in a day (UTC)
     */
    public record Limits(int imagesPerRun, long bytesPerDay) {
        /** The limits of a file that names none. */
        public static final Limits DEFAULT = new Limits(500, 500_000_000_000L);

        /** @throws IllegalArgumentException when a limit is not above zero */
        public Limits {
            if (imagesPerRun < 1 || bytesPerDay < 1) {
                throw new IllegalArgumentException("not the limits of warming: " + imagesPerRun + " images a run, "
                        + bytesPerDay + " bytes a day; expected each above zero");
            }
        }
    }
}
