package dev.larder.local.upstream;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an upstream says of its pull limit. Docker Hub sends {@code ratelimit-limit: 100;w=21600} and {@code
 * ratelimit-remaining: 76;w=21600} with each manifest.
 *
 * @param limit pulls in the window
 * @param remaining pulls that are left
 */
public record RateLimit(long limit, long remaining, Duration window) {
    private static final Pattern VALUE = Pattern.compile("(\\d{1,15})(?:\\s*;\\s*w=(\\d{1,15}))?");

    /** Reads the two headers; empty when either is missing or unreadable. */
    static Optional<RateLimit> from(HttpHeaders headers) {
        Matcher limit = VALUE.matcher(headers.firstValue("ratelimit-limit").orElse(""));
        Matcher remaining =
                VALUE.matcher(headers.firstValue("ratelimit-remaining").orElse(""));
        if (!limit.matches() || !remaining.matches()) {
            return Optional.empty();
        }
        String window = limit.group(2);
        return Optional.of(new RateLimit(
                Long.parseLong(limit.group(1)),
                Long.parseLong(remaining.group(1)),
                Duration.ofSeconds(window == null ? 0 : Long.parseLong(window))));
    }
}
