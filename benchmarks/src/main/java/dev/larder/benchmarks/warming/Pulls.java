package dev.larder.benchmarks.warming;

import java.util.Arrays;

/** Pulls in order of time: of which tag, and when (seconds since 1970). */
final class Pulls {
    /** Seconds need 33 bits until the year 2242, tags the rest. */
    private static final int TAG_BITS = 30;

    private long[] packed = new long[1 << 20];
    private int size;

    void add(long time, int tag) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, size * 2);
        }
        packed[size] = time << TAG_BITS | tag;
        size++;
    }

    void sort() {
        Arrays.sort(packed, 0, size);
    }

    int size() {
        return size;
    }

    long time(int index) {
        return packed[index] >>> TAG_BITS;
    }

    int tag(int index) {
        return (int) (packed[index] & ((1L << TAG_BITS) - 1));
    }
}
