package dev.larder.local.ecr.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object of the policy and the path to it. Each reading method refuses what is absent or of the wrong type.
 *
 * @param path JSON path from {@code $}
 * @param json an object
 */
record JsonPart(String path, JsonNode json) {
    private static final int SHOWN_CHARACTERS = 60;

    JsonPart {
        if (!json.isObject()) {
            throw BrokenPolicy.at(path, shown(json), "an object");
        }
    }

    /** Refuses every other field. */
    JsonPart onlyWith(String... fields) {
        List<String> known = List.of(fields);
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw BrokenPolicy.at(at(name), "an unknown field", "only " + String.join(", ", known));
            }
        });
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    JsonPart object(String name) {
        return new JsonPart(at(name), json.path(name));
    }

    List<JsonPart> objects(String name) {
        List<JsonPart> parts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            parts.add(new JsonPart(at(name) + "[" + parts.size() + "]", element));
        }
        return parts;
    }

    String text(String name) {
        if (!json.path(name).isTextual()) {
            throw broken(name, "a string");
        }
        return json.path(name).textValue();
    }

    /** Strings of at least one character, at least one of them. Inferred: the guide only says list of strings. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual() || element.textValue().isEmpty()) {
                throw BrokenPolicy.at(
                        at(name) + "[" + texts.size() + "]", shown(element), "a string of at least one character");
            }
            texts.add(element.textValue());
        }
        if (texts.isEmpty()) {
            throw broken(name, "at least one string");
        }
        return texts;
    }

    String oneOf(String name, String... words) {
        if (!Arrays.asList(words).contains(json.path(name).textValue())) {
            throw broken(name, Stream.of(words).map(word -> '"' + word + '"').collect(Collectors.joining(" or ")));
        }
        return json.path(name).textValue();
    }

    int positive(String name) {
        JsonNode number = json.path(name);
        if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < 1) {
            throw broken(name, "a whole number from 1 to " + Integer.MAX_VALUE);
        }
        return number.intValue();
    }

    void without(String name, String reason) {
        if (has(name)) {
            throw broken(name, "no " + name + " " + reason);
        }
    }

    String at(String name) {
        return path + "." + name;
    }

    /** What is there, as a reader of the message should see it. */
    String found(String name) {
        return shown(json.path(name));
    }

    private JsonNode array(String name) {
        if (!json.path(name).isArray()) {
            throw broken(name, "a list");
        }
        return json.path(name);
    }

    private RuntimeException broken(String name, String expected) {
        return BrokenPolicy.at(at(name), found(name), expected);
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
