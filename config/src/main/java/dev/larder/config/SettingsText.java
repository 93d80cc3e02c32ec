package dev.larder.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings as one line of an environment variable: {@code halfLife=7d; exclude=first,second}. What would end a value
 * too early is escaped as in a URL ({@code %3B}), so that every text comes back as it was.
 */
final class SettingsText {
    private final Map<String, String> fields = new LinkedHashMap<>();

    SettingsText with(String key, Object value) {
        fields.put(key, escaped(value.toString(), "%;|"));
        return this;
    }

    /** @throws IllegalArgumentException when an item is empty: it could not be told from an empty list */
    SettingsText with(String key, List<String> items) {
        if (items.contains("")) {
            throw new IllegalArgumentException("could not write the setting " + key + ": an item is empty");
        }
        fields.put(key, items.stream().map(item -> escaped(item, "%;|,")).collect(Collectors.joining(",")));
        return this;
    }

    private static String escaped(String text, String reserved) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            boolean plain = c >= ' ' && c != 0x7f && reserved.indexOf(c) < 0;
            escaped.append(plain ? Character.toString(c) : String.format("%%%02X", c));
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("; "));
    }
}
