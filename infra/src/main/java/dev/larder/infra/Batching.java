package dev.larder.infra;

import java.util.Optional;
import software.amazon.awscdk.Duration;

/**
 * How messages are handed to a function.
 *
 * @param size at most this many in a batch
 * @param window how long to wait for a batch to fill; a size over 10 needs one
 * @param concurrency at most this many invocations at a time; empty: as many as the account has
 */
record Batching(int size, Optional<Duration> window, Optional<Integer> concurrency) {
    static Batching of(int size, Duration window) {
        return new Batching(size, Optional.of(window), Optional.empty());
    }

    static Batching atOnce(int size, int concurrency) {
        return new Batching(size, Optional.empty(), Optional.of(concurrency));
    }
}
