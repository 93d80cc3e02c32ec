package dev.larder.domain.desired;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a policy as one text, the same for all that mean the same: AWS may give back a list of one as its element, a
 * list in another order, and an account as the ARN of its root (IAM user guide, principals).
 */
final class Canonical {
    private static final Pattern ROOT = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):root");

    private Canonical() {}

    static String text(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map(map);
            case List<?> list -> {
                List<String> elements =
                        list.stream().map(Canonical::text).distinct().sorted().toList();
                yield elements.size() == 1
                        ? elements.getFirst()
                        : elements.stream().collect(Collectors.joining(", ", "[", "]"));
            }
            default -> {
                Matcher root = ROOT.matcher(value.toString());
                yield root.matches() ? root.group(1) : value.toString();
            }
        };
    }

    /** Of several, for people. */
    static String texts(List<?> values) {
        return values.isEmpty()
                ? "nothing"
                : values.stream().map(Canonical::text).sorted().collect(Collectors.joining(" and "));
    }

    private static List<?> listed(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private static String map(Map<?, ?> map) {
        if (map.size() == 1 && List.of("*").equals(listed(map.get("AWS")))) {
            return "*";
        }
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), text(value)));
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
