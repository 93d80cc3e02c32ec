package dev.larder.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object in a JSON document and the path that leads to it, so that every error can say where. A member that is JSON
 * null counts as absent, and so does an optional text that is empty. Members that nobody asks for are passed over.
 */
record JsonObject(String path, Map<?, ?> members) {
    private static final String INSTANT = "an ISO-8601 instant such as 2026-01-31T12:00:00Z";

    /** Reads a whole document, whose root must be an object. */
    static JsonObject parse(String json) throws MalformedEventException {
        Object root;
        try (JsonParser parser = JSON.std.createParser(json)) {
            root = JSON.std.anyFrom(parser);
            if (parser.nextToken() != null) {
                throw new MalformedEventException("$", "more text behind the document", "one JSON document");
            }
        } catch (IOException broken) {
            throw new MalformedEventException("$", quote(json), "a JSON document" + where(broken), broken);
        }
        if (root instanceof Map<?, ?> members) {
            return new JsonObject("$", members);
        }
        throw new MalformedEventException("$", quote(root), "an object");
    }

    Optional<JsonObject> optionalObject(String name) throws MalformedEventException {
        Object value = members.get(name);
        return switch (value) {
            case null -> Optional.empty();
            case Map<?, ?> object -> Optional.of(new JsonObject(at(name), object));
            default -> throw wrong(name, value, "an object");
        };
    }

    JsonObject object(String name) throws MalformedEventException {
        return required(optionalObject(name), name, "an object");
    }

    Optional<String> optionalText(String name) throws MalformedEventException {
        Object value = members.get(name);
        return switch (value) {
            case null -> Optional.empty();
            case String text -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            default -> throw wrong(name, value, "a text");
        };
    }

    String text(String name) throws MalformedEventException {
        return required(optionalText(name), name, "a text");
    }

    /** A text that means something: whatever {@code meaning} refuses with IllegalArgumentException is malformed. */
    <T> Optional<T> optional(String name, Function<String, T> meaning) throws MalformedEventException {
        Optional<String> text = optionalText(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(meant(at(name), text.get(), meaning));
    }

    <T> T value(String name, String expected, Function<String, T> meaning) throws MalformedEventException {
        return required(optional(name, meaning), name, expected);
    }

    Optional<Instant> optionalInstant(String name) throws MalformedEventException {
        return optional(name, JsonObject::readInstant);
    }

    Instant instant(String name) throws MalformedEventException {
        return value(name, INSTANT, JsonObject::readInstant);
    }

    /** False when it is absent. */
    boolean optionalFlag(String name) throws MalformedEventException {
        return members.get(name) != null && flag(name);
    }

    boolean flag(String name) throws MalformedEventException {
        Object value = members.get(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, value, "true or false");
    }

    Optional<Long> optionalWhole(String name) throws MalformedEventException {
        Object value = members.get(name);
        return switch (value) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            default -> throw wrong(name, value, "a whole number");
        };
    }

    /** A number above 0, whole or not. */
    double positive(String name) throws MalformedEventException {
        Object value = members.get(name);
        if (value instanceof Number number && number.doubleValue() > 0 && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, value, "a number above 0");
    }

    /** The objects of an array; none when it is absent. */
    List<JsonObject> objects(String name) throws MalformedEventException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : array(name)) {
            String where = at(name) + "[" + objects.size() + "]";
            if (!(element instanceof Map<?, ?> object)) {
                throw new MalformedEventException(where, quote(element), "an object");
            }
            objects.add(new JsonObject(where, object));
        }
        return objects;
    }

    /** The texts of an array, each with its meaning; none when the array is absent. */
    <T> List<T> values(String name, Function<String, T> meaning) throws MalformedEventException {
        List<T> values = new ArrayList<>();
        for (Object element : array(name)) {
            String where = at(name) + "[" + values.size() + "]";
            if (!(element instanceof String text)) {
                throw new MalformedEventException(where, quote(element), "a text");
            }
            values.add(meant(where, text, meaning));
        }
        return values;
    }

    /** The whole numbers of this object by name. */
    Map<String, Integer> counts() throws MalformedEventException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = String.valueOf(member.getKey());
            if (member.getValue() == null) {
                continue;
            }
            if (!(member.getValue() instanceof Integer count)) {
                throw wrong(name, member.getValue(), "a whole number");
            }
            counts.put(name, count);
        }
        return counts;
    }

    /** The error that says that a member is not as expected. */
    MalformedEventException wrong(String name, @Nullable Object found, String expected) {
        return new MalformedEventException(at(name), quote(found), expected);
    }

    private List<?> array(String name) throws MalformedEventException {
        Object value = members.get(name);
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw wrong(name, value, "an array");
        };
    }

    private <T> T required(Optional<T> value, String name, String expected) throws MalformedEventException {
        if (value.isPresent()) {
            return value.get();
        }
        throw wrong(name, members.get(name), expected);
    }

    private static <T> T meant(String where, String text, Function<String, T> meaning) throws MalformedEventException {
        try {
            return meaning.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new MalformedEventException(where, refused);
        }
    }

    private static Instant readInstant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException notAnInstant) {
            throw new IllegalArgumentException("not an instant: '" + text + "'; expected " + INSTANT, notAnInstant);
        }
    }

    private String at(String name) {
        return path + (name.matches("[\\w-]+") ? "." + name : "['" + name + "']");
    }

    private static String quote(@Nullable Object found) {
        return switch (found) {
            case null -> "nothing";
            case String text -> "'" + text + "'";
            case Map<?, ?> object -> "an object";
            case List<?> list -> "an array";
            default -> found.toString();
        };
    }

    private static String where(IOException broken) {
        if (broken instanceof JacksonException parsing && parsing.getLocation() != null) {
            JsonLocation location = parsing.getLocation();
            return " (broken at line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        }
        return "";
    }
}
