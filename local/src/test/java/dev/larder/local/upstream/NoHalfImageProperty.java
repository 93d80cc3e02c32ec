package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Whatever the upstream does, and however many pull at once, what is served is whole. */
class NoHalfImageProperty {
    private static final UpstreamLimits QUICK =
            new UpstreamLimits(Duration.ofSeconds(1), Duration.ofMillis(150), Duration.ofMillis(100), 4 << 20);
    private static final int CLIENTS = 6;
    private static final int PULLS = 5;

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void everyImageServedIsWhole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int faultsInHundred)
            throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            MemoryCacheState state = new MemoryCacheState();
            state.rule("mirror", upstream.url());
            MovableClock clock = new MovableClock();
            PullThrough images = new PullThrough(state, new RecordedEvents(), arn -> Optional.empty(), clock, QUICK);
            SplittableRandom faults = new SplittableRandom(seed);
            upstream.publish("app", "1", FixtureImage.small(0));
            upstream.faults(request -> fault(faults, faultsInHundred));
            List<Future<Integer>> served = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                served.add(clients.submit(() -> {
                    int count = 0;
                    for (int pull = 0; pull < PULLS; pull++) {
                        count += pull(images, state) ? 1 : 0;
                        upstream.publish("app", "1", FixtureImage.small(random.nextInt(4)));
                        clock.advance(Duration.ofHours(9));
                        state.blobs.full = random.nextInt(10) == 0;
                    }
                    return count;
                }));
            }
            for (Future<Integer> one : served) {
                one.get();
            }
            upstream.heal();
            state.blobs.full = false;
            assertTrue(pull(images, state), "with a healthy upstream a pull succeeds");
        }
    }

    private static Optional<Fault> fault(SplittableRandom random, int inHundred) {
        int drawn;
        int kind;
        synchronized (random) {
            drawn = random.nextInt(100);
            kind = random.nextInt(9);
        }
        if (drawn >= inHundred) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case 0 -> new Fault.Status(401);
                    case 1 -> new Fault.Status(404);
                    case 2 -> new Fault.Status(429);
                    case 3 -> new Fault.Status(500);
                    case 4 -> new Fault.Garbage();
                    case 5 -> new Fault.Truncated();
                    case 6 -> new Fault.WrongBytes();
                    case 7 -> new Fault.Hang(Duration.ofMillis(300));
                    default -> new Fault.Stall(Duration.ofMillis(300));
                });
    }

    /** Pulls as a client does: the index, each of its images, each of their blobs. A refusal is no failure here. */
    private static boolean pull(PullThrough images, MemoryCacheState state) throws Exception {
        Manifest index;
        try {
            index = images.get("mirror/app", "1");
        } catch (ImageUnavailableException | AwsException e) {
            return false;
        }
        for (Descriptor child : index.children()) {
            Manifest image = images.get("mirror/app", child.digest().value());
            for (Descriptor blob : image.blobs()) {
                Digest found = Sha256.of(state.blobs.open(blob.digest()).readAllBytes());
                assertEquals(blob.digest(), found);
            }
        }
        return true;
    }
}
