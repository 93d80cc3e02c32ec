package dev.larder.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SettingsText} wrote; every failure names the environment variable. */
final class SettingsReader {
    private final String variable;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private SettingsReader(String variable, String text, Set<String> known) {
        this.variable = variable;
        for (String field : text.split("; ", -1)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? field : field.substring(0, equals);
            if (equals < 0 || !known.contains(key)) {
                throw broken("'" + field + "'", "fields " + String.join(", ", known) + " as key=value");
            }
            if (fields.put(key, field.substring(equals + 1)) != null) {
                throw broken("the field " + key + " a second time", "each field once");
            }
        }
    }

    /**
     * The text of a variable.
     *
     * @throws IllegalArgumentException when it is not set
     */
    static String text(Map<String, String> environment, String variable) {
        @Nullable String text = environment.get(variable);
        if (text == null) {
            throw new IllegalArgumentException("could not read the environment variable " + variable
                    + ": it is not set; expected the settings that the template gives to the function");
        }
        return text;
    }

    static SettingsReader of(String variable, String text, Set<String> known) {
        return new SettingsReader(variable, text, known);
    }

    <T> T required(String key, TextReader<T> reader) {
        return optional(key, reader).orElseThrow(() -> broken("no field " + key, key + "=..."));
    }

    <T> Optional<T> optional(String key, TextReader<T> reader) {
        return Optional.ofNullable(fields.get(key)).map(text -> {
            try {
                return reader.read(unescaped(text));
            } catch (UnexpectedText e) {
                throw broken(key + "=" + text, e.expected());
            }
        });
    }

    /** The items of a list; a field that is missing or empty is an empty list. */
    List<String> list(String key) {
        String text = fields.getOrDefault(key, "");
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",", -1)).map(this::unescaped).toList();
    }

    private String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                plain.append(text.charAt(i));
                continue;
            }
            try {
                plain.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw broken("'" + text + "'", "two hexadecimal digits after each %");
            }
        }
        return plain.toString();
    }

    private IllegalArgumentException broken(String found, String expected) {
        return new IllegalArgumentException("could not read the environment variable " + variable + ": found "
                + Shown.line(found) + ", expected " + expected);
    }
}
