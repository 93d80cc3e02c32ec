package dev.larder.config;

import java.util.List;

/** {@code warm.pins}: images that are always warm. */
final class Pins {
    private Pins() {}

    static List<String> bind(Entry entry, Section file) {
        return entry.texts(text -> text);
    }
}
