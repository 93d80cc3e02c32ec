package dev.larder.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A mapping in the file. Each reading method takes one key; what is missing or wrong becomes the default. */
final class Section {
    private static final int HIGHEST_PRICE = 1000;

    private final Entry self;
    private final Map<String, Entry> keys = new LinkedHashMap<>();
    private final Map<String, Entry> values = new LinkedHashMap<>();

    private Section(Entry self, MappingNode mapping) {
        this.self = self;
        for (NodeTuple tuple : mapping.getValue()) {
            add(tuple);
        }
    }

    /** A mapping with any keys. */
    static Optional<Section> open(Entry entry) {
        return entry.mapping().map(mapping -> new Section(entry, mapping));
    }

    /** A mapping with these keys and no others. */
    static Optional<Section> of(Entry entry, List<String> known) {
        Optional<Section> section = open(entry);
        section.ifPresent(opened -> opened.refuseOthers(known));
        return section;
    }

    private void add(NodeTuple tuple) {
        boolean scalar = tuple.getKeyNode() instanceof ScalarNode;
        String name = tuple.getKeyNode() instanceof ScalarNode node ? node.getValue() : "?";
        String path = self.path().isEmpty() ? Shown.key(name) : self.path() + "." + Shown.key(name);
        Entry key = new Entry(path, tuple.getKeyNode(), self.problems());
        if (!scalar) {
            key.expected("a word as the key");
        } else if (values.putIfAbsent(name, new Entry(path, tuple.getValueNode(), self.problems())) != null) {
            key.problem("the key " + Shown.quoted(name) + " a second time", "each key once");
        } else {
            keys.put(name, key);
        }
    }

    private void refuseOthers(List<String> known) {
        keys.forEach((name, key) -> {
            if (!known.contains(name)) {
                String hint = Suggestion.of(name, known)
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("");
                key.problem("the unknown key " + Shown.quoted(name), "one of " + String.join(", ", known) + hint);
            }
        });
    }

    Entry self() {
        return self;
    }

    /** Keys in the file's order, each as an entry whose place is that of the key. */
    Map<String, Entry> keys() {
        return keys;
    }

    Optional<Entry> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of a key that must be there. */
    Optional<Entry> require(String key, String expected) {
        Optional<Entry> value = get(key);
        if (value.isEmpty()) {
            new Entry(pathOf(key), self.node(), self.problems()).problem("nothing", expected);
        }
        return value;
    }

    String pathOf(String key) {
        return self.path().isEmpty() ? key : self.path() + "." + key;
    }

    <T> T text(String key, TextReader<T> reader, T otherwise) {
        return get(key).flatMap(entry -> entry.text(reader)).orElse(otherwise);
    }

    <T> List<T> texts(String key, TextReader<T> reader, List<T> otherwise) {
        return get(key).map(entry -> entry.texts(reader)).orElse(otherwise);
    }

    int number(String key, int minimum, int maximum, int otherwise) {
        return get(key).flatMap(entry -> entry.number(minimum, maximum)).orElse(otherwise);
    }

    Optional<BigDecimal> price(String key) {
        return get(key).flatMap(entry -> entry.price(HIGHEST_PRICE));
    }

    boolean flag(String key, boolean otherwise) {
        return get(key).flatMap(Entry::flag).orElse(otherwise);
    }

    Optional<Section> section(String key, List<String> known) {
        return get(key).flatMap(entry -> of(entry, known));
    }
}
