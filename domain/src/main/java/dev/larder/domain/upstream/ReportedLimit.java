package dev.larder.domain.upstream;

import java.time.Duration;

/**
 * What an upstream said of its own limit, in the headers {@code ratelimit-limit: 200;w=21600} and {@code
 * ratelimit-remaining: 176;w=21600} (Docker Hub's documentation).
 *
 * @param limit pulls in each window, 1 or more
 * @param remaining of them, 0 to limit
 * @param window 1 second or longer
 */
public record ReportedLimit(int limit, int remaining, Duration window) {
    /** @throws IllegalArgumentException when a figure is out of bounds */
    public ReportedLimit {
        if (limit < 1 || remaining < 0 || remaining > limit || window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("not a limit: " + remaining + " of " + limit + " pulls per " + window
                    + "; expected 1 or more, no more left than there are, and a second or longer");
        }
    }
}
