package dev.larder.functions.usage;

import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Pull;
import dev.larder.domain.usage.UsageBucket;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link UsageRecords} in the table. */
public final class DynamoDbUsageRecords implements UsageRecords {
    /** So many principals fit into one update expression, which has at most 4 KB. */
    private static final int PRINCIPALS = 100;

    private final Table table;

    /** @param table the cell's */
    public DynamoDbUsageRecords(Table table) {
        this.table = table;
    }

    @Override
    public void begin(Instant now) {
        table.update(
                Key.USAGE_SINCE,
                "SET completeSince = if_not_exists(completeSince, :now)",
                Map.of(":now", Values.instant(now)));
    }

    @Override
    public List<Pull> add(ImageReference image, List<Pull> pulls) {
        List<Pull> fresh = new ArrayList<>();
        Map<UsageBucket, List<Pull>> buckets =
                pulls.stream().collect(Collectors.groupingBy(Pull::bucket, TreeMap::new, Collectors.toList()));
        buckets.forEach((bucket, inIt) -> {
            List<Map.Entry<String, Map<EventHash, Pull>>> principals = byPrincipal(inIt);
            for (int from = 0; from < principals.size(); from += PRINCIPALS) {
                fresh.addAll(
                        add(image, bucket, principals.subList(from, Math.min(principals.size(), from + PRINCIPALS))));
            }
        });
        return fresh;
    }

    private static List<Map.Entry<String, Map<EventHash, Pull>>> byPrincipal(List<Pull> pulls) {
        Map<String, Map<EventHash, Pull>> principals = new TreeMap<>();
        for (Pull pull : pulls) {
            principals
                    .computeIfAbsent(pull.principal(), name -> new LinkedHashMap<>())
                    .put(pull.event(), pull);
        }
        return List.copyOf(principals.entrySet());
    }

    private List<Pull> add(
            ImageReference image, UsageBucket bucket, List<Map.Entry<String, Map<EventHash, Pull>>> principals) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> sets = new ArrayList<>();
        for (Map.Entry<String, Map<EventHash, Pull>> principal : principals) {
            int i = sets.size();
            names.put("#" + i, UsageItems.BY + principal.getKey());
            values.put(":" + i, UsageItems.hashes(principal.getValue().keySet()));
            sets.add("#" + i + " :" + i);
        }
        names.put("#repository", "repository");
        values.put(":repository", Values.text(image.repository().value()));
        names.put("#image", Attributes.IMAGE);
        values.put(":image", Values.text(image.toString()));
        names.put("#expires", Attributes.EXPIRES_AT);
        values.put(":expires", Values.expiry(UsageItems.expiry(bucket.day())));
        Map<String, AttributeValue> old = table.updateReturningOld(
                UsageItems.bucket(image, bucket),
                "SET #repository = :repository, #image = :image, #expires = :expires ADD " + String.join(", ", sets),
                names,
                values);
        return principals.stream()
                .flatMap(principal -> {
                    var known = UsageItems.hashes(old, UsageItems.BY + principal.getKey());
                    return principal.getValue().values().stream().filter(pull -> !known.contains(pull.event()));
                })
                .toList();
    }

    @Override
    public boolean addCold(Tagged image, EventHash event, Instant time) {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        Map<String, AttributeValue> old = table.updateReturningOld(
                UsageItems.cold(image, day),
                "SET #expires = :expires ADD #events :event",
                Map.of("#expires", Attributes.EXPIRES_AT, "#events", UsageItems.EVENTS),
                Map.of(":expires", Values.expiry(UsageItems.expiry(day)), ":event", UsageItems.hashes(List.of(event))));
        return !UsageItems.hashes(old, UsageItems.EVENTS).contains(event);
    }

    @Override
    public void note(ImageReference image, LocalDate day) {
        table.update(
                UsageItems.noted(image, day),
                "SET expiresAt = :expires ADD changes :one",
                Map.of(":expires", Values.expiry(UsageItems.expiry(day)), ":one", Values.number(1)));
    }
}
