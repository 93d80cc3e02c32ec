package dev.larder.functions.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item as it was read. */
public record Item(Map<String, AttributeValue> attributes) {
    /** Copies the map. */
    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** Whether there is one: {@code GetItem} answers with an empty map when there is none. */
    public boolean isPresent() {
        return !attributes.isEmpty();
    }

    /** The item's key. */
    public Key key() {
        return new Key(required(Attributes.PK), required(Attributes.SK));
    }

    /** A text. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    /**
     * A text that has to be there.
     *
     * @throws IllegalStateException when it is not, with what is
     */
    public String required(String name) {
        return text(name)
                .orElseThrow(() -> new IllegalStateException(
                        "the table's item " + attributes.get(Attributes.PK) + " / " + attributes.get(Attributes.SK)
                                + " has no text '" + name + "'; it has " + attributes.keySet()));
    }

    /** An instant. */
    public Optional<Instant> instant(String name) {
        return text(name).map(Instant::parse);
    }

    /** A whole number. */
    public OptionalLong whole(String name) {
        AttributeValue value = attributes.get(name);
        return value == null || value.n() == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.n()));
    }

    /** A number with a fraction. */
    public OptionalDouble real(String name) {
        AttributeValue value = attributes.get(name);
        return value == null || value.n() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(value.n()));
    }

    /** A boolean; false when it is not there. */
    public boolean flag(String name) {
        AttributeValue value = attributes.get(name);
        return value != null && Boolean.TRUE.equals(value.bool());
    }

    /** A set of texts; empty when it is not there. */
    public Set<String> set(String name) {
        AttributeValue value = attributes.get(name);
        return value == null ? Set.of() : new TreeSet<>(value.ss());
    }

    /** A list of texts; empty when it is not there. */
    public List<String> list(String name) {
        AttributeValue value = attributes.get(name);
        return value == null
                ? List.of()
                : value.l().stream().map(AttributeValue::s).toList();
    }

    /**
     * Bytes that have to be there.
     *
     * @throws IllegalStateException when they are not
     */
    public byte[] bytes(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null || value.b() == null) {
            throw new IllegalStateException(
                    "the table's item " + key() + " has no bytes '" + name + "'; it has " + attributes.keySet());
        }
        return value.b().asByteArrayUnsafe();
    }

    /** A map of whole numbers; empty when it is not there. */
    public Map<String, Long> counts(String name) {
        AttributeValue value = attributes.get(name);
        return value == null
                ? Map.of()
                : value.m().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                count -> Long.valueOf(count.getValue().n())));
    }
}
