package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.Lease;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link WarmLeases} does. */
abstract class WarmLeasesContract {
    private static final Tagged IMAGE = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.250Z");

    abstract WarmLeases leases();

    @Test
    void oneOrderHasAnImageAndAnotherWaits() {
        assertTrue(leases().acquire(IMAGE, "one", NOON));
        assertFalse(leases().acquire(IMAGE, "two", NOON.plusSeconds(10)));
        assertFalse(leases().acquire(IMAGE, "one", NOON.plusSeconds(20)), "another delivery of the same order");
    }

    @Test
    void aLeaseThatRanOutIsTaken() {
        leases().acquire(IMAGE, "one", NOON);
        assertTrue(leases().acquire(IMAGE, "two", NOON.plus(Lease.TERM)));
        leases().release(IMAGE, "one", NOON.plus(Lease.TERM));
        assertFalse(leases().acquire(IMAGE, "three", NOON.plus(Lease.TERM).plusSeconds(1)));
    }

    @Test
    void aReleasedLeaseIsFree() {
        leases().acquire(IMAGE, "one", NOON);
        leases().release(IMAGE, "one", NOON.plusSeconds(5));
        assertTrue(leases().acquire(IMAGE, "two", NOON.plusSeconds(5)));
    }

    @Test
    void howFarAnOrderIsCanBeSeen() {
        Platform amd64 = Platform.parse("linux/amd64");
        assertEquals(Optional.empty(), leases().progress(IMAGE));
        leases().acquire(IMAGE, "one", NOON);
        leases().landed(IMAGE, "two", Set.of(Platform.parse("linux/s390x")));
        leases().landed(IMAGE, "one", Set.of(amd64));
        assertEquals(
                Optional.of(new WarmProgress("one", NOON, NOON.plus(Lease.TERM), Set.of(amd64), Optional.empty())),
                leases().progress(IMAGE));
        WarmEnding ending = WarmEnding.of(Outcome.FAILED, Failure.classify("UpstreamAccessDenied", "not for you"));
        leases().release(IMAGE, "one", ending, NOON.plusSeconds(5));
        assertEquals(
                Optional.of(new WarmProgress("one", NOON, NOON.plusSeconds(5), Set.of(amd64), Optional.of(ending))),
                leases().progress(IMAGE));
        leases().acquire(IMAGE, "two", NOON.plusSeconds(6));
        WarmProgress next = leases().progress(IMAGE).orElseThrow();
        assertEquals(Set.of(), next.landed());
        assertEquals(Optional.empty(), next.ending());
    }

    @Test
    void anImageByDigestHasALeaseOfItsOwn() {
        assertTrue(leases().acquire(IMAGE, "one", NOON));
        assertTrue(leases().acquire(
                        ImageReference.parse("docker-hub/library/nginx@sha256:" + "1".repeat(64)), "one", NOON));
    }

    @Test
    void releasingWhatNobodyHasDoesNothing() {
        leases().release(IMAGE, "one", NOON);
        assertFalse(leases().heldAt(IMAGE, NOON));
    }

    @Test
    void itIsKnownAfterwardsThatTheImageWasBeingWarmed() {
        leases().acquire(IMAGE, "one", NOON);
        leases().release(IMAGE, "one", NOON.plusSeconds(5));
        assertFalse(leases().heldAt(IMAGE, NOON.minusSeconds(1)));
        assertTrue(leases().heldAt(IMAGE, NOON.minusMillis(250)), "event times are cut to seconds");
        assertTrue(leases().heldAt(IMAGE, NOON.plusSeconds(30)), "news may be late");
        assertFalse(leases().heldAt(IMAGE, NOON.plusSeconds(66)));
    }
}
