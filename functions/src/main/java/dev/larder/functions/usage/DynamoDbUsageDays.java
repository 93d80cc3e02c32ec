package dev.larder.functions.usage;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link UsageDays} in the table. */
public final class DynamoDbUsageDays implements UsageDays {
    private final Table table;

    /** @param table the cell's */
    public DynamoDbUsageDays(Table table) {
        this.table = table;
    }

    @Override
    public Optional<KeptDay> kept(ImageReference image, LocalDate day) {
        return table.get(UsageItems.day(image, day)).map(DynamoDbUsageDays::kept);
    }

    @Override
    public List<KeptDay> kept(ImageReference image, LocalDate from, LocalDate to) {
        return table.consistentRange(UsageItems.usageOf(image), UsageItems.DAY + from, UsageItems.DAY + to)
                .map(DynamoDbUsageDays::kept)
                .toList();
    }

    private static KeptDay kept(Item item) {
        ImageDay day = new ImageDay(
                item.counts(UsageItems.BY_PRINCIPAL),
                item.whole(UsageItems.BY_DIGEST).orElse(0),
                item.whole(Attributes.COLD_PULLS).orElse(0),
                item.whole(UsageItems.STALE).orElse(0),
                item.counts(UsageItems.FAILED),
                item.counts(UsageItems.WORKLOADS),
                item.counts(UsageItems.BY_PLATFORM),
                item.whole(UsageItems.PULLED_BYTES).orElse(0),
                item.real(UsageItems.SCORE),
                item.instant(Attributes.LAST_PULLED_AT),
                item.instant(UsageItems.LAST_FAILED_AT),
                item.whole(UsageItems.LATE).orElse(0));
        return new KeptDay(
                LocalDate.parse(item.key().sk().substring(UsageItems.DAY.length())),
                day,
                Duration.ofSeconds(item.whole(UsageItems.HALF_LIFE).orElse(0)));
    }

    /** What is zero is left out, so that most items stay within the kilobyte that is billed at least. */
    @Override
    public void keep(ImageReference image, KeptDay kept) {
        ImageDay day = kept.usage();
        Map<String, AttributeValue> item =
                new HashMap<>(UsageItems.day(image, kept.day()).attributes());
        counts(item, UsageItems.BY_PRINCIPAL, day.by());
        counts(item, UsageItems.FAILED, day.failed());
        counts(item, UsageItems.WORKLOADS, day.workloads());
        counts(item, UsageItems.BY_PLATFORM, day.platforms());
        number(item, Attributes.PULLS, day.pulls());
        number(item, UsageItems.BY_DIGEST, day.byDigest());
        number(item, Attributes.COLD_PULLS, day.cold());
        number(item, UsageItems.STALE, day.stale());
        number(item, UsageItems.PULLED_BYTES, day.bytes());
        number(item, UsageItems.LATE, day.late());
        day.score().ifPresent(score -> item.put(UsageItems.SCORE, Values.number(score)));
        day.lastPulledAt().ifPresent(at -> item.put(Attributes.LAST_PULLED_AT, Values.instant(at)));
        day.lastFailedAt().ifPresent(at -> item.put(UsageItems.LAST_FAILED_AT, Values.instant(at)));
        item.put(UsageItems.HALF_LIFE, Values.number(kept.halfLife().toSeconds()));
        table.put(item);
    }

    private static void number(Map<String, AttributeValue> item, String name, long value) {
        if (value != 0) {
            item.put(name, Values.number(value));
        }
    }

    private static void counts(Map<String, AttributeValue> item, String name, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            Map<String, AttributeValue> values = new HashMap<>();
            counts.forEach((key, count) -> values.put(key, Values.number(count)));
            item.put(name, AttributeValue.fromM(values));
        }
    }

    @Override
    public Optional<LocalDate> closedThrough() {
        return table.get(UsageItems.CLOSED)
                .flatMap(item -> item.text(UsageItems.CLOSED_THROUGH))
                .map(LocalDate::parse);
    }

    @Override
    public Optional<LocalDate> begun() {
        return table.consistentPartition(Key.USAGE, Key.SINCE)
                .flatMap(item -> item.instant(Attributes.BEGUN_AT).stream())
                .min(Instant::compareTo)
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    @Override
    public void closed(LocalDate day) {
        boolean moved = table.update(
                UsageItems.CLOSED,
                "SET closedThrough = :day",
                "attribute_not_exists(closedThrough) OR closedThrough < :day",
                Map.of(":day", Values.text(day.toString())));
        if (!moved) {
            System.out.println(day + " was closed before");
        }
    }
}
