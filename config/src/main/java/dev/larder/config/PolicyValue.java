package dev.larder.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A part of a policy as it is in the file: mappings, lists, texts, whole numbers, switches. */
final class PolicyValue {
    /** A condition has three. */
    private static final int MOST_LEVELS = 5;

    /** More do not fit into a policy; aliases could make a short file into millions. */
    private static final int MOST_VALUES = 2_000;

    private int values;

    Optional<Object> read(Entry entry) {
        return read(entry, MOST_LEVELS);
    }

    private Optional<Object> read(Entry entry, int levels) {
        if (levels == 0 || ++values > MOST_VALUES) {
            entry.problem("a value that is too deep or too large", "a condition as IAM has it");
            return Optional.empty();
        }
        return switch (entry.node()) {
            case MappingNode mapping -> {
                Map<String, Object> read = new LinkedHashMap<>();
                Section.open(entry)
                        .ifPresent(section -> section.keys()
                                .keySet()
                                .forEach(key -> section.get(key)
                                        .flatMap(value -> read(value, levels - 1))
                                        .ifPresent(value -> read.put(key, value))));
                yield Optional.of(read);
            }
            case SequenceNode sequence -> {
                List<Object> read = new ArrayList<>();
                entry.list().forEach(item -> read(item, levels - 1).ifPresent(read::add));
                yield Optional.of(read);
            }
            default -> scalar(entry);
        };
    }

    private static Optional<Object> scalar(Entry entry) {
        return switch (entry.node().getTag().getValue()) {
            case "tag:yaml.org,2002:int" ->
                entry.number(Integer.MIN_VALUE, Integer.MAX_VALUE).map(number -> number);
            case "tag:yaml.org,2002:bool" -> entry.flag().map(flag -> flag);
            default -> entry.text(text -> text).map(text -> text);
        };
    }
}
