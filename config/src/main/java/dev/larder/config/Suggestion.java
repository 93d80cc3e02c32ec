package dev.larder.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known word that a mistyped one was probably meant to be. */
final class Suggestion {
    private Suggestion() {}

    /** The nearest word by edit distance (Levenshtein), when it is near enough to be meant. */
    static Optional<String> of(String word, List<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        int furthest = Math.min(3, 1 + typed.length() / 4);
        if (typed.length() > 40) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(typed, candidate.toLowerCase(Locale.ROOT)) <= furthest)
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate.toLowerCase(Locale.ROOT))));
    }

    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
