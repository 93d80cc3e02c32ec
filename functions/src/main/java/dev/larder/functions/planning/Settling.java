package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.warming.ImportSize;
import dev.larder.events.WarmOrder;
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
 * Gives back what a plan paid for an order and the order did not need: a plan pays as if every tag had moved, and most have
 * not. What may have been asked of the upstream is never given back.
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

    /** Carries out an order, and settles it when it has come to an end. */
    public WarmEnding around(WarmOrder order, Supplier<WarmEnding> work) {
        Optional<Digest> before = digest(order.image());
        WarmEnding ending = work.get();
        switch (ending.outcome()) {
            case WARMED -> {
                Optional<Digest> after = digest(order.image());
                if (before.isPresent() && before.equals(after)) {
                    settle(order, true, 0);
                } else {
                    settle(
                            order,
                            false,
                            after.map(digest -> brought(order, digest)).orElse(Long.MAX_VALUE));
                }
            }
            case NOTHING_TO_DO -> settle(order, true, 0);
            case FAILED ->
                settle(
                        order,
                        ending.failure()
                                .filter(failure -> UNASKED.contains(failure.kind()))
                                .isPresent(),
                        0);
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

    /** All platforms, of which the record has the size of those that are kept warm. */
    private long brought(WarmOrder order, Digest digest) {
        return records.manifest(order.image().repository(), digest)
                .map(KnownImages::size)
                .map(ImportSize::bytes)
                .orElse(Long.MAX_VALUE);
    }

    private void settle(WarmOrder order, boolean nothingImported, long brought) {
        Optional<PlannedOrders.Paid> paid = planned.end(order);
        Optional<Upstream> upstream = upstreams.of(order.image().repository());
        if (paid.isEmpty() || upstream.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        int head = Tariffs.of(upstream.get()).head();
        if (nothingImported && paid.get().tokens() > head) {
            funds.giveBack(upstream.get(), paid.get().tokens() - head, now);
        }
        bytes.add(-Math.max(0, paid.get().bytes() - brought), now);
    }
}
