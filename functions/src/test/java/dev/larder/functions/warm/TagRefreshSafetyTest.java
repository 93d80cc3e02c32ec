package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refresh is stopped at each of its calls in turn, by an error of ECR's or by the death of the worker. Whatever happens, the
 * tag points at the old image or at the new one once the order came again; and on the way by another tag, and for whoever does
 * not say that the tag may be taken off, there is no moment at which it points at nothing.
 */
class TagRefreshSafetyTest {
    private static final Tagged TAG = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Tagged EXACT = new Tagged(TAG.repository(), new Tag("1.27.4"));
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    /** What the worker dies of: no code of ours catches it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** How a run is stopped. */
    enum Stop {
        /** ECR fails once. */
        FAILS,
        /** ECR fails from then on, until the order comes again. */
        FAILS_ON,
        /** The worker is gone. */
        DIES
    }

    /** What wants the tag's new image. */
    enum Wanted {
        TAG_BY_HAND(WarmReason.MANUAL, false, true),
        TAG_IF_IT_NEVER_IS_OFF(WarmReason.MANUAL, false, false),
        TAG_BY_PLAN(WarmReason.STALE, false, false),
        DIGEST_BY_HAND(WarmReason.MANUAL, true, true),
        DIGEST_IF_THE_TAG_NEVER_IS_OFF(WarmReason.MANUAL, true, false),
        DIGEST_BY_UNDO(WarmReason.UNDO, true, false),
        DIGEST_BY_PIN(WarmReason.PINNED, true, false),
        DIGEST_BY_FAILED_PULL(WarmReason.FAILED_PULL, true, false);

        private final WarmReason reason;
        private final boolean byDigest;
        private final boolean takesOff;

        Wanted(WarmReason reason, boolean byDigest, boolean takesOff) {
            this.reason = reason;
            this.byDigest = byDigest;
            this.takesOff = takesOff;
        }
    }

    private final MovableClock clock = new MovableClock(NOON);

    static Stream<Arguments> everyWay() {
        return Stream.of(Wanted.values())
                .flatMap(wanted -> Stream.of(Stop.values())
                        .flatMap(stop -> Stream.of(true, false)
                                .flatMap(anotherTag ->
                                        Stream.of(true, false).map(up -> Arguments.of(wanted, stop, anotherTag, up)))));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void theTagPointsAtTheOldOrTheNewImageWhateverStopsARefresh(
            Wanted wanted, Stop stop, boolean anotherTag, boolean upAfterwards) {
        int calls = 0;
        for (boolean stopped = true; stopped; calls++) {
            stopped = stoppedAt(calls, wanted, stop, anotherTag, upAfterwards);
        }
        assertTrue(calls > 4 || !wanted.takesOff, () -> "a refresh has more calls than were stopped");
    }

    /** @return whether the refresh had so many calls */
    private boolean stoppedAt(int number, Wanted wanted, Stop stop, boolean anotherTag, boolean upAfterwards) {
        Worker worker = new Worker(clock);
        CachedManifest old = warm(worker);
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        if (anotherTag) {
            worker.registry.publishAs(EXACT, moved);
            worker.known("1.27.4");
        }
        List<Optional<Digest>> seen = new ArrayList<>();
        int[] made = {0};
        boolean[] stopped = {false};
        worker.registry.beforeCall = () -> {
            seen.add(worker.registry.cached(TAG));
            if (made[0]++ == number || (stop == Stop.FAILS_ON && stopped[0])) {
                stopped[0] = true;
                stop(stop);
            }
        };
        WarmOrder order = order("2", wanted, moved.digest());
        attempt(worker, order);
        seen.add(worker.registry.cached(TAG));
        worker.registry.beforeCall = () -> {};
        if (!upAfterwards) {
            worker.registry.outage = Optional.of(Failure.classify("UpstreamUnavailable", "503"));
            worker.upstreams.refusal = worker.registry.outage;
        }
        clock.advance(Duration.ofMinutes(30));
        attempt(worker, order);
        Digest after = worker.registry.cached(TAG).orElseThrow(() -> new AssertionError("the tag is gone"));
        assertEquals(Set.of(old.digest()), in(worker, old), "nobody decided that the old image should go");
        assertTrue(Set.of(old.digest(), moved.digest()).contains(after));
        if (upAfterwards && (anotherTag || wanted.takesOff)) {
            assertEquals(Set.of(moved.digest()), in(worker, moved));
            assertTrue(wanted.byDigest || after.equals(moved.digest()), "whoever wants a digest wants no tag moved");
        }
        if (anotherTag || !wanted.takesOff) {
            assertTrue(seen.stream().allMatch(Optional::isPresent), "there was a moment without the tag");
        }
        return stopped[0];
    }

    private static Set<Digest> in(Worker worker, CachedManifest image) {
        return worker.registry
                .manifests(TAG.repository(), Set.of(image.digest()))
                .keySet();
    }

    /** What takes no tag off may be given up: it was told why, or the next plan orders it anew. */
    private static void attempt(Worker worker, WarmOrder order) {
        Set<Outcome> expected = EnumSet.of(Outcome.WARMED, Outcome.LATER, Outcome.NOTHING_TO_DO);
        if (!order.takeOff()) {
            expected.add(Outcome.FAILED);
        }
        try {
            Outcome outcome = worker.warming().carryOut(order).outcome();
            assertTrue(expected.contains(outcome), outcome::name);
        } catch (Death | CacheException stopped) {
            // the queue delivers the order again
        }
    }

    /** The tag is warm since five hours ago. */
    private CachedManifest warm(Worker worker) {
        CachedManifest image = worker.registry.publish(TAG, "linux/amd64");
        worker.warming().carryOut(order("1", Wanted.TAG_BY_HAND, image.digest()));
        clock.advance(Duration.ofHours(5));
        return image;
    }

    private static void stop(Stop stop) {
        switch (stop) {
            case FAILS, FAILS_ON ->
                throw new CacheException("make the call", Failure.classify("ServerException", "500"));
            case DIES -> throw new Death();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "LimitExceededException", "ThrottlingException", "Whatever"})
    void aTagThatEcrWouldNotPutBackIsPutBackFirstThingWhenTheOrderComesAgain(String code) {
        for (Wanted wanted : List.of(Wanted.TAG_BY_HAND, Wanted.DIGEST_BY_HAND)) {
            Worker worker = new Worker(clock);
            CachedManifest old = warm(worker);
            CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
            worker.registry.beforeCall = () -> {
                if (worker.registry.cached(TAG).isEmpty()) {
                    throw new CacheException("make the call", Failure.classify(code, "no"));
                }
            };
            WarmOrder order = order("2", wanted, moved.digest());
            assertEquals(Outcome.LATER, worker.warming().carryOut(order).outcome());
            assertEquals(Optional.empty(), worker.registry.cached(TAG));
            clock.advance(Duration.ofMinutes(1));
            assertEquals(Outcome.LATER, worker.warming().carryOut(order).outcome(), "ECR still refuses");

            worker.registry.beforeCall = () -> {};
            new UpstreamHealth(worker.states)
                    .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "429"), clock.instant());
            worker.registry.calls.clear();
            assertEquals(Outcome.LATER, worker.warming().carryOut(order).outcome(), "the upstream is not asked");
            assertEquals(Optional.of(old.digest()), worker.registry.cached(TAG));
            assertFalse(worker.registry.calls.contains("get 1.27"));

            clock.advance(Circuit.FIRST);
            assertEquals(Outcome.WARMED, worker.warming().carryOut(order).outcome());
            assertEquals(Optional.of(moved.digest()), worker.registry.cached(TAG));
            assertEquals(Optional.empty(), worker.off.of("2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG_BY_HAND", "DIGEST_BY_HAND"})
    void aTagThatCameBackByItselfIsNotPutOnTheOldImage(Wanted wanted) {
        Worker worker = new Worker(clock);
        warm(worker);
        CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
        worker.registry.beforeCall = () -> {
            if (worker.registry.cached(TAG).isEmpty()) {
                throw new Death();
            }
        };
        WarmOrder order = order("2", wanted, moved.digest());
        attempt(worker, order);
        worker.registry.beforeCall = () -> {};
        worker.registry.get(TAG);
        worker.records.imported(TAG, moved.digest(), clock.instant());
        worker.registry.calls.clear();
        clock.advance(Duration.ofMinutes(30));
        assertEquals(Outcome.WARMED, worker.warming().carryOut(order).outcome());
        assertFalse(worker.registry.calls.contains("tag 1.27"));
        assertEquals(Optional.of(moved.digest()), worker.registry.cached(TAG));
    }

    @ParameterizedTest
    @EnumSource(Stop.class)
    void theOldImageOutlivesAPullThatBringsAnImmutableTagBackOnANewOne(Stop stop) {
        for (Wanted wanted : List.of(Wanted.TAG_BY_HAND, Wanted.DIGEST_BY_HAND)) {
            Worker worker = new Worker(clock);
            CachedManifest old = warm(worker);
            worker.registry.immutable = true;
            CachedManifest moved = worker.registry.publish(TAG, "linux/amd64");
            worker.registry.beforeCall = () -> {
                if (worker.registry.cached(TAG).isEmpty()) {
                    worker.registry.beforeCall = () -> {};
                    worker.registry.get(TAG);
                    stop(stop);
                }
            };
            WarmOrder order = order("2", wanted, moved.digest());
            attempt(worker, order);
            assertEquals(Optional.of(moved.digest()), worker.registry.cached(TAG));
            clock.advance(Duration.ofMinutes(30));
            attempt(worker, order);
            assertEquals(Set.of(old.digest()), in(worker, old));
        }
    }

    private WarmOrder order(String id, Wanted wanted, Digest digest) {
        return new WarmOrder(
                id,
                wanted.byDigest ? new Digested(TAG.repository(), digest) : TAG,
                wanted.byDigest ? Optional.of(TAG.tag()) : Optional.empty(),
                wanted.reason,
                List.of(),
                !wanted.byDigest,
                wanted.takesOff,
                clock.instant(),
                clock.instant());
    }
}
