package dev.larder.config;

import java.util.Arrays;
import java.util.List;

/** {@link Registry} by its name in the file. */
final class Registries {
    private Registries() {}

    static List<String> ids() {
        return Arrays.stream(Registry.values()).map(Registry::id).toList();
    }

    static Registry read(String text) {
        return Arrays.stream(Registry.values())
                .filter(registry -> registry.id().equals(text))
                .findFirst()
                .orElseThrow(() -> new UnexpectedText("one of " + String.join(", ", ids())
                        + Suggestion.of(text, ids())
                                .map(id -> "; did you mean " + id + "?")
                                .orElse("")));
    }
}
