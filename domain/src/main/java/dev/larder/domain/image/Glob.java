package dev.larder.domain.image;

import dev.larder.events.image.ImageReference.Tagged;

/**
 * A pattern over names: {@code *} stands for any characters but a slash, {@code **} for any characters, both also for none.
 * Everything else stands for itself, and the pattern for the whole text. So it is in the file, too (docs/glossary.md).
 *
 * @param pattern as it was written
 */
public record Glob(String pattern) {
    /** Whether the whole text is as the pattern says; in time proportional to both lengths. */
    public boolean matches(String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean crosses = pattern.startsWith("**", i);
            reached = c == '*' ? star(reached, text, crosses) : literal(reached, text, c);
            i += crosses ? 1 : 0;
        }
        return reached[text.length()];
    }

    /** Whether it matches {@code repository:tag}. */
    public boolean matches(Tagged image) {
        return matches(image.toString());
    }

    private static boolean[] star(boolean[] reached, String text, boolean crossesSlashes) {
        boolean[] next = reached.clone();
        for (int at = 0; at < text.length(); at++) {
            next[at + 1] |= next[at] && (crossesSlashes || text.charAt(at) != '/');
        }
        return next;
    }

    private static boolean[] literal(boolean[] reached, String text, char c) {
        boolean[] next = new boolean[reached.length];
        for (int at = 0; at < text.length(); at++) {
            next[at + 1] = reached[at] && text.charAt(at) == c;
        }
        return next;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
