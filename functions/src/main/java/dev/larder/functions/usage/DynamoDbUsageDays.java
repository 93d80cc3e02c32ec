package dev.larder.functions.usage;

import dev.larder.domain.usage.DayUsage;
import dev.larder.domain.usage.DayUsage.BucketUsage;
import dev.larder.domain.usage.UsageBucket;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link UsageDays} in the table. */
public final class DynamoDbUsageDays implements UsageDays {
    private final Table table;

    /** @param table the cell's */
    public DynamoDbUsageDays(Table table) {
        this.table = table;
    }

    @Override
    public List<Noted> noted(LocalDate day) {
        return table.partition(UsageItems.notedOn(day))
                .map(item -> new Noted(
                        ImageReference.parse(item.key().sk()),
                        day,
                        item.whole(UsageItems.CHANGES).orElse(0)))
                .toList();
    }

    @Override
    public List<BucketUsage> buckets(ImageReference image, LocalDate day) {
        return table.consistentPartition(UsageItems.usageOf(image), UsageItems.BUCKET + day)
                .map(item -> new BucketUsage(
                        UsageBucket.parse(item.key().sk().substring(UsageItems.BUCKET.length())), UsageItems.by(item)))
                .toList();
    }

    @Override
    public long coldPulls(ImageReference image, LocalDate day) {
        return table.get(UsageItems.cold(image, day))
                .map(item -> UsageItems.hashes(item.attributes(), UsageItems.EVENTS))
                .map(events -> (long) events.size())
                .orElse(0L);
    }

    @Override
    public void keep(ImageReference image, LocalDate day, DayUsage usage, Duration halfLife) {
        Map<String, AttributeValue> item =
                new HashMap<>(UsageItems.day(image, day).attributes());
        Map<String, AttributeValue> by = new HashMap<>();
        usage.by().forEach((principal, pulls) -> by.put(principal, Values.number(pulls)));
        item.put(Attributes.PULLS, Values.number(usage.pulls()));
        item.put(Attributes.COLD_PULLS, Values.number(usage.coldPulls()));
        item.put(UsageItems.BY_PRINCIPAL, AttributeValue.fromM(by));
        item.put(UsageItems.HALF_LIFE, Values.number(halfLife.toSeconds()));
        usage.popularity().ifPresent(score -> item.put(UsageItems.SCORE, Values.number(score)));
        table.put(item);
    }

    @Override
    public List<KeptDay> kept(ImageReference image, LocalDate from, LocalDate to) {
        return table.consistentRange(UsageItems.usageOf(image), UsageItems.DAY + from, UsageItems.DAY + to)
                .map(item -> new KeptDay(
                        LocalDate.parse(item.key().sk().substring(UsageItems.DAY.length())),
                        item.whole(Attributes.PULLS).orElse(0),
                        item.real(UsageItems.SCORE),
                        Duration.ofSeconds(item.whole(UsageItems.HALF_LIFE).orElse(0))))
                .toList();
    }

    @Override
    public Map<String, Long> keptBy(ImageReference image, LocalDate day) {
        return table.get(UsageItems.day(image, day))
                .map((Item item) -> item.counts(UsageItems.BY_PRINCIPAL))
                .orElse(Map.of());
    }

    @Override
    public void done(Noted noted) {
        table.delete(
                UsageItems.noted(noted.image(), noted.day()),
                "changes = :changes",
                Map.of(":changes", Values.number(noted.changes())));
    }
}
