package dev.larder.cli;

import java.util.Locale;

/** Bytes as people read them. */
final class Sizes {
    private static final int STEP = 1024;
    private static final String UNITS = "KMGTPE";

    private Sizes() {}

    /** {@code 512 B}, {@code 1.5 MiB}. */
    static String of(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= STEP) {
            size /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", size, UNITS.charAt(unit));
    }
}
