package dev.larder.functions.usage;

import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@link UsageLog} in the table: one item for each batch and hour. An item has a time and a hash of its content for a key, so
 * that none is ever overwritten by another.
 */
public final class DynamoDbUsageLog implements UsageLog {
    /** Far below an item's 400 KB, and small enough to be read in pages of a megabyte. */
    private static final int ITEM_BYTES = 100_000;

    /** A dictionary has at most 65,535 names, and a fact at most four. */
    private static final int ITEM_FACTS = 10_000;

    /** An hour is over for the function that writes when even the one after it is: clocks may differ. */
    private static final Duration OVER = Duration.ofHours(2);

    private final Table table;

    /** @param table the cell's */
    public DynamoDbUsageLog(Table table) {
        this.table = table;
    }

    @Override
    public void append(LogHour hour, List<Fact> facts, Instant now) {
        boolean late = hour.start().isBefore(now.minus(GRACE));
        write(hour, facts, late, now);
        if (!hour.start().plus(OVER).isAfter(now)) {
            table.update(
                    UsageItems.mark(hour, late),
                    "SET expiresAt = :expires ADD changes :one",
                    Map.of(":expires", Values.expiry(now.plus(LATE_KEPT)), ":one", Values.number(1)));
        }
    }

    private void write(LogHour hour, List<Fact> facts, boolean late, Instant now) {
        byte[] bytes = facts.size() > ITEM_FACTS ? new byte[0] : FactCodec.write(hour, facts);
        if (facts.size() > 1 && (facts.size() > ITEM_FACTS || bytes.length > ITEM_BYTES)) {
            write(hour, facts.subList(0, facts.size() / 2), late, now);
            write(hour, facts.subList(facts.size() / 2, facts.size()), late, now);
            return;
        }
        String name = HexFormat.of().formatHex(EventHash.ofContent(bytes).bytes());
        Map<String, AttributeValue> item =
                new HashMap<>(UsageItems.logged(hour, late, now, name).attributes());
        item.put(UsageItems.FACTS, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
        Instant expires = late ? now.plus(LATE_KEPT) : hour.start().plus(KEPT);
        item.put(Attributes.EXPIRES_AT, Values.expiry(expires));
        table.put(item);
    }

    @Override
    public List<Fact> read(LogHour hour) {
        return facts(table.consistentPartition(UsageItems.logOf(hour, false)));
    }

    @Override
    public List<Fact> readSince(LogHour hour, Instant written) {
        return facts(table.consistentRange(
                UsageItems.logOf(hour, false), UsageItems.written(written), UsageItems.AFTER_ALL_TIMES));
    }

    @Override
    public List<Fact> readLate(LogHour hour) {
        return facts(table.consistentPartition(UsageItems.logOf(hour, true)));
    }

    private static List<Fact> facts(Stream<Item> items) {
        return items.flatMap(item -> FactCodec.read(item.bytes(UsageItems.FACTS)).stream())
                .toList();
    }

    @Override
    public List<Mark> marks() {
        return table.consistentPartition(UsageItems.MARKS)
                .map(item -> UsageItems.mark(
                        item.key(), item.whole(UsageItems.CHANGES).orElse(0)))
                .toList();
    }

    @Override
    public void done(Mark mark) {
        table.delete(
                UsageItems.mark(mark.hour(), mark.late()),
                "changes = :changes",
                Map.of(":changes", Values.number(mark.changes())));
    }
}
