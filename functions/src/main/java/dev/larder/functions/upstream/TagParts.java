package dev.larder.functions.upstream;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Bytes that are too many for one item, in as many as it takes, under a name that is used once. */
final class TagParts {
    private static final String BYTES = "part";

    private final Table table;
    private final String pk;
    private final int partBytes;

    TagParts(Table table, String pk, int partBytes) {
        this.table = table;
        this.pk = pk;
        this.partBytes = partBytes;
    }

    /** Writes them and gives the number of parts. */
    int write(String name, byte[] bytes, Instant expiry) {
        List<Map<String, AttributeValue>> parts = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += partBytes) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partBytes));
            Map<String, AttributeValue> item =
                    new HashMap<>(key(name, parts.size()).attributes());
            item.put(BYTES, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(part)));
            item.put(Attributes.EXPIRES_AT, Values.expiry(expiry));
            parts.add(item);
        }
        table.putAll(parts);
        return parts.size();
    }

    /** The bytes; empty when not all of the parts are there. */
    Optional<byte[]> read(String name, long parts) {
        List<Item> items = table.consistentPartition(pk, start(name)).toList();
        if (items.size() != parts) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        items.forEach(part -> bytes.writeBytes(part.bytes(BYTES)));
        return Optional.of(bytes.toByteArray());
    }

    void delete(String name, long parts) {
        for (int part = 0; part < parts; part++) {
            table.delete(key(name, part));
        }
    }

    /** Three digits: in the order of their keys the parts are in their own. */
    private Key key(String name, int part) {
        return new Key(pk, start(name) + String.format(Locale.ROOT, "%03d", part));
    }

    private static String start(String name) {
        return "part#" + name + "#";
    }
}
