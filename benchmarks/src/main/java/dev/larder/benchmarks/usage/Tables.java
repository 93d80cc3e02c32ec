package dev.larder.benchmarks.usage;

import java.util.concurrent.atomic.AtomicInteger;

/** Names of tables: each measurement has an empty one. */
final class Tables {
    private static final AtomicInteger LAST = new AtomicInteger();

    private Tables() {}

    static String next() {
        return "larder-" + LAST.incrementAndGet();
    }
}
