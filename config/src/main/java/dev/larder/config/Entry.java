package dev.larder.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value in the file. Each reading method gives the value, or adds a problem and gives nothing.
 *
 * @param path for instance {@code usage.halfLife}
 */
record Entry(String path, Node node, Problems problems) {
    private static final Pattern PRICE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    /** Adds a problem that shows the value. */
    void expected(String expected) {
        problem(found(), expected);
    }

    void problem(String found, String expected) {
        problems.add(path, node.getStartMark(), found, expected);
    }

    <T> Optional<T> text(TextReader<T> reader) {
        boolean text = node.getTag().equals(Tag.STR);
        try {
            T value = reader.read(node instanceof ScalarNode scalar && !isNothing() ? scalar.getValue() : "");
            if (node instanceof ScalarNode && text) {
                return Optional.of(value);
            }
            boolean needsQuotes = node instanceof ScalarNode && !isNothing() && !Found.isTagged(node);
            expected(needsQuotes ? Shown.quoted(value.toString()) + ", in quotes" : "a text" + withoutTag());
        } catch (UnexpectedText e) {
            expected(e.expected());
        }
        return Optional.empty();
    }

    Optional<Integer> number(int minimum, int maximum) {
        if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.INT)) {
            try {
                int value = Integer.parseInt(scalar.getValue());
                if (minimum <= value && value <= maximum) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException e) {
                // falls through to the problem: hexadecimal, octal or far too large
            }
        }
        expected("a whole number from " + minimum + " to " + maximum);
        return Optional.empty();
    }

    /** Dollars: not below zero, in digits, perhaps with a point. */
    Optional<BigDecimal> price(int maximum) {
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        if (number
                && node instanceof ScalarNode scalar
                && PRICE.matcher(scalar.getValue()).matches()) {
            BigDecimal value = new BigDecimal(scalar.getValue());
            if (value.compareTo(BigDecimal.valueOf(maximum)) <= 0) {
                return Optional.of(value);
            }
        }
        expected("dollars from 0 to " + maximum + ", such as 0.10");
        return Optional.empty();
    }

    Optional<Boolean> flag() {
        String value = node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL) ? scalar.getValue() : "";
        if (value.equals("true") || value.equals("false")) {
            return Optional.of(value.equals("true"));
        }
        expected("true or false");
        return Optional.empty();
    }

    List<Entry> list() {
        if (!(node instanceof SequenceNode sequence) || !node.getTag().equals(Tag.SEQ)) {
            expected("a list" + withoutTag());
            return List.of();
        }
        List<Entry> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Entry(path + "[" + items.size() + "]", item, problems));
        }
        return items;
    }

    /** The items of a list that must not be empty. */
    List<Entry> atLeastOne(String expected) {
        List<Entry> items = list();
        if (node instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
            problem("an empty list", expected);
        }
        return items;
    }

    <T> List<T> atLeastOne(TextReader<T> reader, String expected) {
        return texts(atLeastOne(expected), reader);
    }

    /** The texts of a list, each once. */
    <T> List<T> texts(TextReader<T> reader) {
        return texts(list(), reader);
    }

    private static <T> List<T> texts(List<Entry> items, TextReader<T> reader) {
        List<T> values = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        for (Entry item : items) {
            item.text(reader).ifPresent(value -> {
                if (seen.add(value)) {
                    values.add(value);
                } else {
                    item.problem(item.found() + " a second time", "each value once");
                }
            });
        }
        return values;
    }

    /** The mapping, or nothing when the value is no mapping. */
    Optional<MappingNode> mapping() {
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            return Optional.of(mapping);
        }
        expected("a mapping of keys to values" + withoutTag());
        return Optional.empty();
    }

    /** The value as a problem shows it. */
    String found() {
        return Found.describe(node);
    }

    private boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    private String withoutTag() {
        return Found.isTagged(node) ? " without a tag" : "";
    }
}
