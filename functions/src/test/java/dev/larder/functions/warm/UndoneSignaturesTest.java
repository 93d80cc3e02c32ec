package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A signature went with its image, and no tag leads to it: it comes when what it is about is back. */
class UndoneSignaturesTest {
    private static final Tagged TAG = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final Worker worker = new Worker(clock);
    private final CachedManifest index = worker.registry.publish(TAG, "linux/amd64");
    private final Digest signature = worker.registry.sign(index.digest());
    private final Digest ofChild =
            worker.registry.sign(index.children().getFirst().digest());

    private Outcome carryOut(WarmReason reason) {
        return worker.warming()
                .carryOut(new WarmOrder(
                        "an order",
                        new Digested(TAG.repository(), index.digest()),
                        Optional.of(TAG.tag()),
                        reason,
                        List.of(),
                        false,
                        clock.instant(),
                        clock.instant()))
                .outcome();
    }

    private boolean isThere(Digest digest) {
        return !worker.registry.manifests(TAG.repository(), List.of(digest)).isEmpty();
    }

    @Test
    void whatRefersToAnUndoneImageOrAPartOfItComesBack() {
        assertEquals(Outcome.WARMED, carryOut(WarmReason.UNDO));
        assertTrue(isThere(signature));
        assertTrue(isThere(ofChild));
    }

    @Test
    void nobodyIsAskedForItInAnyOtherOrder() {
        assertEquals(Outcome.WARMED, carryOut(WarmReason.PINNED));
        assertFalse(isThere(signature));
    }

    @Test
    void thatSignaturesCannotBeListedFailsNoOrder() {
        worker.registry.beforeCall = () -> {
            if (worker.registry.calls.getLast().startsWith("referrers")) {
                throw FakeRegistry.broken();
            }
        };
        assertEquals(Outcome.WARMED, carryOut(WarmReason.UNDO));
        assertEquals(Optional.of(index.digest()), worker.registry.cached(TAG));
    }
}
