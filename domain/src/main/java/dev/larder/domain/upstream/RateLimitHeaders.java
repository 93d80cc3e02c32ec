package dev.larder.domain.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the headers {@code ratelimit-limit} and {@code ratelimit-remaining} of an answer say. Docker Hub sends {@code
 * 100;w=21600} and {@code 76;w=21600}; others leave the window out.
 */
public sealed interface RateLimitHeaders {
    /** The window of a limit that has none in its header: 6 hours, the longest that a registry publishes. */
    Duration ASSUMED_WINDOW = Duration.ofHours(6);

    /**
     * A window that is longer is no upstream's, and would be believed for as long: where each request counts, an upstream
     * that says that none is left is asked nothing more, and so says nothing else, until its window is over.
     */
    Duration LONGEST_WINDOW = Duration.ofDays(1);

    /** A limit. */
    record Reported(ReportedLimit limit) implements RateLimitHeaders {}

    /** There are no such headers. */
    record Silent() implements RateLimitHeaders {}

    /**
     * There are, and they are not to be believed.
     *
     * @param reason with what they say
     */
    record Nonsense(String reason) implements RateLimitHeaders {}

    /**
     * Reads the headers.
     *
     * @param limits every value of {@code ratelimit-limit}
     * @param remainders every value of {@code ratelimit-remaining}
     */
    static RateLimitHeaders read(List<String> limits, List<String> remainders) {
        if (limits.isEmpty() && remainders.isEmpty()) {
            return new Silent();
        }
        String found = "ratelimit-limit " + shown(limits) + " and ratelimit-remaining " + shown(remainders);
        Optional<RateLimitFigure> limit = RateLimitFigure.of(limits);
        Optional<RateLimitFigure> left = RateLimitFigure.of(remainders);
        if (limit.isEmpty() || left.isEmpty()) {
            return new Nonsense(found + ": expected one number each, perhaps with ;w=seconds");
        }
        OptionalLong window = limit.get().window().isPresent()
                ? limit.get().window()
                : left.get().window();
        if (left.get().window().isPresent() && !left.get().window().equals(window)) {
            return new Nonsense(found + ": the windows differ");
        }
        Duration per = window.isPresent() ? Duration.ofSeconds(window.getAsLong()) : ASSUMED_WINDOW;
        if (!per.isPositive() || per.compareTo(LONGEST_WINDOW) > 0) {
            return new Nonsense(found + ": expected a window of 1 second to " + LONGEST_WINDOW.toHours() + " hours");
        }
        long most = limit.get().value();
        long rest = left.get().value();
        if (most < 1 || most > Integer.MAX_VALUE || rest < 0 || rest > most) {
            return new Nonsense(found + ": expected a limit of 1 to " + Integer.MAX_VALUE + ", and 0 to so many left");
        }
        return new Reported(new ReportedLimit((int) most, (int) rest, per));
    }

    private static String shown(List<String> values) {
        String text = String.join(", ", values).replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
    }
}
