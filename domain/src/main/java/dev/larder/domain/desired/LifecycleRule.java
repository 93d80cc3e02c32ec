package dev.larder.domain.desired;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule of a lifecycle policy, as far as it matters beside other rules.
 *
 * @param json all of it
 * @param priority the lowest goes first
 * @param status {@code tagged}, {@code untagged} or {@code any}
 * @param storageClass the images' that it selects
 * @param tags what it asks of tags: patterns, and prefixes as patterns
 */
record LifecycleRule(Map<String, Object> json, int priority, String status, String storageClass, Set<String> tags) {
    /** What the descriptions of Larder's own rules start with. */
    static final String MARK = "larder: ";

    static final String ANY = "any";
    private static final String PRIORITY = "rulePriority";
    private static final Set<String> STATUS = Set.of("tagged", "untagged", ANY);

    /** Empty when it is none that is understood. */
    static Optional<LifecycleRule> read(Object value) {
        if (!(value instanceof Map<?, ?> map)
                || !(map.get(PRIORITY) instanceof Integer priority)
                || !(map.get("selection") instanceof Map<?, ?> selection)
                || !(selection.get("tagStatus") instanceof String status)
                || !STATUS.contains(status)) {
            return Optional.empty();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        map.forEach((key, part) -> json.put(String.valueOf(key), part));
        Set<String> tags = new TreeSet<>(texts(selection.get("tagPatternList")));
        texts(selection.get("tagPrefixList")).forEach(prefix -> tags.add(prefix + "*"));
        String storageClass = selection.get("storageClass") instanceof String named ? named : "standard";
        return Optional.of(new LifecycleRule(json, priority, status, storageClass, tags));
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    boolean isLarders() {
        return json.get("description") instanceof String text && text.startsWith(MARK);
    }

    boolean isAny() {
        return status.equals(ANY);
    }

    LifecycleRule at(int other) {
        Map<String, Object> moved = new LinkedHashMap<>(json);
        moved.put(PRIORITY, other);
        return new LifecycleRule(moved, other, status, storageClass, tags);
    }

    /** Why ECR would not take both, or not look at this one; empty when both can be. */
    Optional<String> clash(LifecycleRule other) {
        if (!storageClass.equals(other.storageClass) || !status.equals(other.status)) {
            return Optional.empty();
        }
        if (!status.equals("tagged")) {
            return Optional.of("rule " + other.priority + " selects " + status + " images already");
        }
        return tags.stream()
                .filter(other.tags::contains)
                .findFirst()
                .map(tag -> "rule " + other.priority + " selects the tags " + tag + " already");
    }
}
