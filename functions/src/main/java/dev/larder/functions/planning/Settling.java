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

    /** The same of an image by digest, which one tag after the other may have been imported for before. */
    private static final Set<FailureKind> UNASKED_BY_DIGEST =
            EnumSet.of(FailureKind.CIRCUIT_OPEN, FailureKind.NOT_ALLOWED);

    /** Carries out an order, and settles it when it has come to an end. An order that is too early is only put off. */
    public WarmEnding around(WarmOrder order, Supplier<WarmEnding> work) {
        if (order.notBefore().isAfter(clock.instant())) {
            return work.get();
        }
        Optional<PlannedOrders.Paid> paid = planned.take(order);
        Optional<Digest> before = digest(order.image());
        WarmEnding ending = work.get();
        switch (ending.outcome()) {
            case WARMED -> {
                Optional<Digest> after = digest(order.image());
                settle(
                        order,
                        paid,
                        before.isPresent() && before.equals(after)
                                ? new Took.Check()
                                : new Took.Import(after.flatMap(digest -> size(order, digest))));
            }
            case NOTHING_TO_DO -> settle(order, paid, new Took.Nothing());
            case FAILED ->
                settle(order, paid, isUnasked(order, ending) ? new Took.Nothing() : new Took.Import(Optional.empty()));
            case LATER, AGAIN ->
                paid.filter(any -> isUnasked(order, ending)).ifPresent(all -> planned.putBack(order, all));
        }
        return ending;
    }

    private static boolean isUnasked(WarmOrder order, WarmEnding ending) {
        Set<FailureKind> unasked = order.image() instanceof Digested ? UNASKED_BY_DIGEST : UNASKED;
        return ending.failure()
                .filter(failure -> unasked.contains(failure.kind()))
                .isPresent();
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

    private void settle(WarmOrder order, Optional<PlannedOrders.Paid> paid, Took took) {
        Optional<Upstream> upstream = upstreams.of(order.image().repository());
        // what a user's own pull brought is not Larder's to pay
        if (upstream.isEmpty() || order.reason() == WarmReason.MISSING_PLATFORM) {
            planned.end(order);
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
        // of the day on which they were paid, or the next one could spend them as well
        bytes.add(brought - reserved, order.requestedAt());
        planned.end(order);
    }
}
