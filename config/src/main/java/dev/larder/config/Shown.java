package dev.larder.config;

/** Text from the file as a problem shows it: on one line, printable, not too long. */
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    /** In double quotes. */
    static String quoted(String text) {
        return '"' + line(text).replace("\"", "\\\"") + '"';
    }

    /** A key as part of a path: bare when it is a plain word. */
    static String key(String text) {
        return text.matches("[\\w./-]{1,80}") ? text : quoted(text);
    }

    /** On one line, without characters that a terminal would act on. */
    static String line(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            boolean printable = c == ' '
                    || !(Character.isISOControl(c)
                            || Character.isWhitespace(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE
                            || Character.getType(c) == Character.UNASSIGNED);
            shown.append(printable ? Character.toString(c) : String.format("\\u%04x", c));
        });
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "..." : shown.toString();
    }
}
