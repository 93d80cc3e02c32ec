package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.LeaseItems;
import dev.larder.functions.table.Table;
import dev.larder.functions.table.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link WarmLeases} in the table. A lease that ended stays for a while, for events that come late. */
public final class DynamoDbWarmLeases implements WarmLeases {
    private static final Duration AFTERWARDS = Duration.ofMinutes(1);

    private final Table table;
    private final LeaseItems items;

    /** @param table the cell's */
    public DynamoDbWarmLeases(Table table) {
        this.table = table;
        this.items = new LeaseItems(table);
    }

    @Override
    public boolean acquire(ImageReference image, String orderId, Instant now) {
        return items.acquire(Key.lease(image), orderId, now);
    }

    @Override
    public void landed(ImageReference image, String orderId, Set<Platform> platforms) {
        table.update(
                Key.lease(image),
                "SET landed = :landed",
                "orderId = :order",
                Map.of(":order", Values.text(orderId), ":landed", Values.set(platforms)));
    }

    @Override
    public void release(ImageReference image, String orderId, Instant now) {
        items.release(Key.lease(image), orderId, now);
    }

    @Override
    public void release(ImageReference image, String orderId, WarmEnding ending, Instant now) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":order", Values.text(orderId),
                ":now", Values.instant(now),
                ":outcome", Values.text(ending.outcome().name())));
        ending.failure().ifPresent(failure -> {
            values.put(":kind", Values.text(failure.kind().name()));
            values.put(":code", Values.text(failure.code()));
            values.put(":reason", Values.text(failure.reason()));
        });
        table.update(
                Key.lease(image),
                "SET leaseUntil = :now, outcome = :outcome"
                        + (ending.failure().isEmpty()
                                ? ""
                                : ", failureKind = :kind, failureCode = :code, failureReason = :reason"),
                "orderId = :order AND leaseUntil > :now",
                values);
    }

    @Override
    public Optional<WarmProgress> progress(ImageReference image) {
        return table.get(Key.lease(image)).map(DynamoDbWarmLeases::progress);
    }

    private static WarmProgress progress(Item item) {
        return new WarmProgress(
                item.required(Attributes.ORDER_ID),
                Instant.parse(item.required(Attributes.LEASE_FROM)),
                Instant.parse(item.required(Attributes.LEASE_UNTIL)),
                item.set(Attributes.LANDED).stream().map(Platform::parse).collect(Collectors.toSet()),
                item.text(Attributes.OUTCOME)
                        .map(outcome -> new WarmEnding(WarmEnding.Outcome.valueOf(outcome), failure(item))));
    }

    private static Optional<Failure> failure(Item item) {
        return item.text(Attributes.FAILURE_KIND)
                .map(name -> new Failure(
                        Arrays.stream(FailureKind.values())
                                .filter(kind -> kind.name().equals(name))
                                .findFirst()
                                .orElse(FailureKind.UNKNOWN),
                        item.text(Attributes.FAILURE_CODE).orElse(""),
                        item.text(Attributes.FAILURE_REASON).orElse("")));
    }

    @Override
    public boolean heldAt(ImageReference image, Instant time) {
        return progress(image).filter(lease -> covers(lease, time)).isPresent();
    }

    private static boolean covers(WarmProgress lease, Instant time) {
        return !time.isBefore(lease.from().truncatedTo(ChronoUnit.SECONDS))
                && !time.isAfter(lease.until().plus(AFTERWARDS));
    }
}
