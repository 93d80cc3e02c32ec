package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.ImportSize;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.Tariffs;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmEnding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Settles what a plan paid for an order with what the order took: a plan pays as if every tag had moved, and most have not.
 * What was more than it paid for is owed, and so is what people ordered by hand. An order that failed may have taken all
 * of it.
 *
 * @param planned what was paid
 */
public record Settling(
        PlannedOrders planned,
        ImageRecords records,
        Upstreams upstreams,
        UpstreamFunds funds,
        DayBytes bytes,
        InstantSource clock) {
    /** Failures before the upstream was asked for anything. */
    private static final Set<FailureKind> UNASKED =
            EnumSet.of(FailureKind.CIRCUIT_OPEN, FailureKind.NOT_ALLOWED, FailureKind.BUDGET_SPENT, FailureKind.BUSY);

    /** What an order took: nothing at all, a check, or an import of a size that may be known. */
    private sealed interface Took {
        record Nothing() implements Took {}

        record Check() implements Took {}

        record Import(Optional<ImportSize> size) implements Took {}
    }

    /** Carries out an order, and settles it when it has come to an end. */
    public WarmEnding around(WarmOrder order, Supplier<WarmEnding> work) {
        Optional<Digest> before = digest(order.image());
        WarmEnding ending = work.get();
        switch (ending.outcome()) {
            case WARMED -> {
                Optional<Digest> after = digest(order.image());
                settle(
                        order,
                        before.isPresent() && before.equals(after)
                                ? new Took.Check()
                                : new Took.Import(after.flatMap(digest -> size(order, digest))));
            }
            case NOTHING_TO_DO -> settle(order, new Took.Nothing());
            case FAILED -> {
                boolean unasked = ending.failure()
                        .filter(failure -> UNASKED.contains(failure.kind()))
                        .isPresent();
                settle(order, unasked ? new Took.Nothing() : new Took.Import(Optional.empty()));
            }
            case LATER, AGAIN -> {}
        }
        return ending;
    }

    private Optional<Digest> digest(ImageReference image) {
        return switch (image) {
            case Tagged tagged -> records.tagged(tagged).flatMap(TaggedImage::digest);
            case Digested digested ->
                records.manifest(digested.repository(), digested.digest())
                        .filter(manifest -> manifest.mediaType().isPresent())
                        .map(manifest -> digested.digest());
        };
    }

    private Optional<ImportSize> size(WarmOrder order, Digest digest) {
        return records.manifest(order.image().repository(), digest)
                .filter(manifest -> manifest.mediaType().isPresent())
                .map(KnownImages::size);
    }

    private void settle(WarmOrder order, Took took) {
        Optional<PlannedOrders.Paid> paid = planned.end(order);
        Optional<Upstream> upstream = upstreams.of(order.image().repository());
        // what a user's own pull brought is not Larder's to pay
        if (upstream.isEmpty() || order.reason() == WarmReason.MISSING_PLATFORM) {
            return;
        }
        Instant now = clock.instant();
        Tariff tariff = Tariffs.of(upstream.get());
        int tokens = paid.map(PlannedOrders.Paid::tokens).orElse(0);
        long reserved = paid.map(PlannedOrders.Paid::bytes).orElse(0L);
        int cost = switch (took) {
            case Took.Nothing nothing -> 0;
            case Took.Check check -> tariff.head();
            case Took.Import(Optional<ImportSize> size) ->
                size.map(known -> tariff.importing(known.manifests(), known.blobs()))
                        .orElse(tokens);
        };
        long brought = switch (took) {
            case Took.Nothing nothing -> 0;
            case Took.Check check -> 0;
            case Took.Import(Optional<ImportSize> size) ->
                size.map(ImportSize::bytes).orElse(reserved);
        };
        funds.settle(upstream.get(), tokens, cost, now);
        bytes.add(brought - reserved, now);
    }
}
