package dev.larder.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Splits prefixes over as many rules as EventBridge's limit for a pattern makes necessary.
 *
 * <p>Source of the limit: EventBridge's quota "event pattern size", 2048 characters, adjustable; Larder does not count
 * on an adjusted one.
 */
final class RuleSize {
    static final int PATTERN_CHARACTERS = 2048;

    private RuleSize() {}

    /** A pattern over prefixes. */
    @FunctionalInterface
    interface Pattern {
        Map<String, Object> over(List<String> prefixes);
    }

    /** Whether each prefix fits into a pattern of its own, without which nothing can be split. */
    static boolean eachFits(List<String> prefixes, Pattern pattern) {
        return prefixes.stream().allMatch(prefix -> characters(pattern.over(List.of(prefix))) <= PATTERN_CHARACTERS);
    }

    /** The prefixes in their order, in groups whose patterns fit. */
    static List<List<String>> split(List<String> prefixes, Pattern pattern) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        for (String prefix : prefixes) {
            group.add(prefix);
            if (characters(pattern.over(group)) > PATTERN_CHARACTERS) {
                group.removeLast();
                groups.add(List.copyOf(group));
                group = new ArrayList<>(List.of(prefix));
            }
        }
        groups.add(List.copyOf(group));
        return groups;
    }

    /** The length of a pattern as JSON without spaces. */
    static int characters(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                1
                        + map.entrySet().stream()
                                .mapToInt(entry -> characters(entry.getKey()) + 1 + characters(entry.getValue()) + 1)
                                .sum();
            case List<?> list ->
                1 + list.stream().mapToInt(item -> characters(item) + 1).sum();
            case Boolean flag -> flag.toString().length();
            default -> value.toString().length() + 2;
        };
    }
}
