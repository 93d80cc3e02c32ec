package dev.larder.functions.registry;

import org.jspecify.annotations.Nullable;

/** Text of an upstream, made fit for a line of a log. */
final class Shown {
    private static final int MOST = 160;

    private Shown() {}

    static String text(@Nullable String text) {
        String printable =
                String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?").strip();
        return printable.length() > MOST ? printable.substring(0, MOST) + "..." : printable;
    }
}
