package dev.larder.functions.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.warm.WarmEnding.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A refresh is stopped at each of its calls in turn, by an error of ECR's or by the death of the worker. Whatever happens, the tag points at the old image or at the new one once the order came again; and on the way by
 * another tag there is no moment at which it points at nothing.
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

    private final MovableClock clock = new MovableClock(NOON);

    @ParameterizedTest
    @CsvSource({
        "FAILS, true, true", "FAILS_ON, true, true", "DIES, true, true",
        "FAILS, false, true", "FAILS_ON, false, true", "DIES, false, true",
        "FAILS, true, false", "FAILS_ON, true, false", "DIES, true, false",
        "FAILS, false, false", "FAILS_ON, false, false", "DIES, false, false",
    })
    void theTagPointsAtTheOldOrTheNewImageWhateverStopsARefresh(Stop stop, boolean anotherTag, boolean upAfterwards) {
        int calls = 0;
        for (boolean stopped = true; stopped; calls++) {
            stopped = stoppedAt(calls, stop, anotherTag, upAfterwards);
        }
        assertTrue(calls > 4, () -> "a refresh has more calls than were stopped");
    }

    /** @return whether the refresh had so many calls */
    private boolean stoppedAt(int number, Stop stop, boolean anotherTag, boolean upAfterwards) {
        Worker worker = new Worker(clock);
        CachedManifest old = worker.registry.publish(TAG, "linux/amd64");
        worker.warming().carryOut(order("1"));
        clock.advance(Duration.ofHours(5));
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
        WarmOrder order = order("2");
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
        assertTrue(Set.of(old.digest(), moved.digest()).contains(after));
        if (upAfterwards) {
            assertEquals(moved.digest(), after);
        }
        if (anotherTag) {
            assertTrue(seen.stream().allMatch(Optional::isPresent), "there was a moment without the tag");
        }
        return stopped[0];
    }

    private static void attempt(Worker worker, WarmOrder order) {
        try {
            Outcome outcome = worker.warming().carryOut(order).outcome();
            assertTrue(
                    Set.of(Outcome.WARMED, Outcome.LATER, Outcome.NOTHING_TO_DO).contains(outcome), outcome::name);
        } catch (Death | CacheException stopped) {
            // the queue delivers the order again
        }
    }

    private static void stop(Stop stop) {
        switch (stop) {
            case FAILS, FAILS_ON ->
                throw new CacheException("make the call", Failure.classify("ServerException", "500"));
            case DIES -> throw new Death();
        }
    }

    private WarmOrder order(String id) {
        return WarmOrder.atOnce(id, TAG, WarmReason.MANUAL, List.of(), true, clock.instant());
    }
}
