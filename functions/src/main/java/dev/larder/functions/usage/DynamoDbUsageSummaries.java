package dev.larder.functions.usage;

import dev.larder.domain.usage.UsageRow;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link UsageSummaries} in the table: a day has as many items as it needs. */
public final class DynamoDbUsageSummaries implements UsageSummaries {
    /** A row takes about 25 bytes deflated, and at most 64 KB altogether fit with any names. */
    private static final int ITEM_ROWS = 2_000;

    private final Table table;

    /** @param table the cell's */
    public DynamoDbUsageSummaries(Table table) {
        this.table = table;
    }

    /** The rows are sorted, so that their names repeat and take little room. */
    @Override
    public void keep(LocalDate day, List<UsageRow> rows) {
        List<UsageRow> sorted = rows.stream()
                .sorted(Comparator.comparing((UsageRow row) -> row.image().toString())
                        .thenComparing(UsageRow::principal))
                .toList();
        int parts = 0;
        for (int from = 0; from < sorted.size(); from += ITEM_ROWS) {
            byte[] bytes = RowCodec.write(sorted.subList(from, Math.min(sorted.size(), from + ITEM_ROWS)));
            Map<String, AttributeValue> item =
                    new HashMap<>(UsageItems.summary(day, parts).attributes());
            item.put(UsageItems.FACTS, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
            table.put(item);
            parts++;
        }
        int kept = parts;
        table.consistentPartition(UsageItems.SUMMARIES, day.toString())
                .map(Item::key)
                .filter(key -> key.sk().compareTo(UsageItems.summary(day, kept).sk()) >= 0)
                .toList()
                .forEach(table::delete);
    }

    @Override
    public Map<LocalDate, List<UsageRow>> read(LocalDate from, LocalDate to) {
        Map<LocalDate, List<UsageRow>> days = new TreeMap<>();
        table.consistentRange(
                        UsageItems.SUMMARIES, from.toString(), to.plusDays(1).toString())
                .forEach(item -> days.computeIfAbsent(day(item.key()), day -> new ArrayList<>())
                        .addAll(RowCodec.read(item.bytes(UsageItems.FACTS))));
        return days;
    }

    private static LocalDate day(Key key) {
        return LocalDate.parse(key.sk().substring(0, key.sk().indexOf('#')));
    }
}
