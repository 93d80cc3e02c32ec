package dev.larder.functions.desired;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Policies as text. */
final class PolicyText {
    private PolicyText() {}

    /** The text as a document; empty when it is no JSON object, or has a null in it, which no policy needs. */
    static Optional<Map<String, Object>> read(String text) {
        try (JsonParser parser = JSON.std.createParser(text)) {
            Object root = JSON.std.anyFrom(parser);
            if (!(root instanceof Map<?, ?> map) || parser.nextToken() != null || hasNull(root)) {
                return Optional.empty();
            }
            Map<String, Object> document = new LinkedHashMap<>();
            map.forEach((key, value) -> document.put(String.valueOf(key), value));
            return Optional.of(document);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    static String write(Map<String, Object> document) {
        try {
            return JSON.std.asString(document);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write a policy", e);
        }
    }

    private static boolean hasNull(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> map -> map.values().stream().anyMatch(PolicyText::hasNull);
            case Collection<?> list -> list.stream().anyMatch(PolicyText::hasNull);
            default -> false;
        };
    }
}
