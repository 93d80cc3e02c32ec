package dev.larder.domain.desired;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The actions of two statements. */
final class Actions {
    private Actions() {}

    /** Whether some action may be in both; whoever does not name actions, but what is left out, may have any. */
    static boolean overlap(Map<?, ?> statement, Map<?, ?> other) {
        List<String> first = of(statement);
        List<String> second = of(other);
        return first.isEmpty()
                || second.isEmpty()
                || first.stream().anyMatch(one -> second.stream().anyMatch(two -> overlap(one, two)));
    }

    private static List<String> of(Map<?, ?> statement) {
        Object action = statement.get("Action");
        List<?> actions = action instanceof List<?> list ? list : action == null ? List.of() : List.of(action);
        return actions.stream()
                .map(text -> String.valueOf(text).toLowerCase(Locale.ROOT))
                .toList();
    }

    /** By what comes before the first wildcard: too often yes rather than too often no. */
    private static boolean overlap(String one, String two) {
        if (isPattern(one) || isPattern(two)) {
            String first = start(one);
            String second = start(two);
            boolean firstMay = isPattern(one) ? second.startsWith(first) : first.startsWith(second);
            return firstMay || (isPattern(one) && isPattern(two) && first.startsWith(second));
        }
        return one.equals(two);
    }

    private static boolean isPattern(String action) {
        return action.contains("*") || action.contains("?");
    }

    private static String start(String action) {
        return action.split("[*?]", 2)[0];
    }
}
