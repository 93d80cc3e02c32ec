package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.Drift;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.desired.InMemorySettings;
import dev.larder.functions.desired.RepositoryReconciliation;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.ecr.RepositorySettings.Preview;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilePieceTest {
    private static final RepositoryName APP = new RepositoryName("quay/app");
    private static final Digest PINNED = new Digest("sha256:" + "ab".repeat(32));
    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
    private static final LifecycleWork.Plan PLAN =
            new LifecycleWork.Plan("r1", START, 0, "arn:aws:ecr:eu-central-1:111122223333:repository/", List.of(APP));

    /** How often a sweep looks at a preview. */
    private static final int SWEEP = RepositoryReconciliation.PATIENT.size() + 1;

    private final InMemorySettings settings = new InMemorySettings();
    private final MovableClock clock = new MovableClock(START);
    private final ArrayDeque<LifecycleWork> queue = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private Optional<String> off = Optional.empty();
    private final ReconcilePiece pieces = new ReconcilePiece(
            new RepositoryReconciliation(
                    settings,
                    (repository, digests) -> {
                        Map<Digest, String> kept = new HashMap<>();
                        digests.stream().filter(PINNED::equals).forEach(digest -> kept.put(digest, "pinned"));
                        return kept;
                    },
                    () -> off,
                    RepositoryReconciliation.PATIENT,
                    clock::advance,
                    clock),
            (work, delay) -> {
                queue.addAll(work);
                delays.add(delay);
            },
            clock);

    @BeforeEach
    void aPolicyIsWanted() {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        settings.templates.add(new RepositorySettings.Template(
                "quay",
                Optional.of("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: untagged\",\"selection\":"
                        + "{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\","
                        + "\"countNumber\":90},\"action\":{\"type\":\"expire\"}}]}"),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
    }

    @AfterEach
    void theLogIsTheConsole() {
        System.setOut(out);
    }

    @Test
    void aPreviewThatOutlastsTheSweepIsLookedAtAndPutWhenItIsComplete() {
        settings.runningLooks = SWEEP + 1;
        sweep();
        assertEquals(List.of(Duration.ofMinutes(5)), delays);
        assertEquals(1, look().look());
        assertEquals(2, look().look());
        assertEquals(1, Collections.frequency(settings.calls, "startPreview"));
        assertTrue(isPut());
        assertTrue(queue.isEmpty());
        assertTrue(told().contains("nothing, wanted "), told());
        assertTrue(told().endsWith("; repaired"), told());
    }

    @Test
    void onlyANewRepositoryLosesItsRulesWhileEvictionsAreSwitchedOff() {
        Optional<String> rules = settings.templates.getFirst().lifecyclePolicy();
        settings.others(rules, Optional.empty());
        off = Optional.of("an outage");
        pieces.again(new LifecycleWork.Reconcile("r1", START, APP, 1, LifecycleWork.Reconcile.NEVER));
        assertEquals(rules, settings.current.flatMap(RepositorySettings.Current::lifecyclePolicy));
        pieces.again(new LifecycleWork.Reconcile("created", START, APP, 1, LifecycleWork.Reconcile.NEVER));
        assertEquals(Optional.empty(), settings.current.flatMap(RepositorySettings.Current::lifecyclePolicy));
    }

    @Test
    void aLookThatComesTwiceChangesNothingTheSecondTime() {
        settings.runningLooks = SWEEP;
        sweep();
        LifecycleWork.Reconcile piece = look();
        settings.calls.clear();
        pieces.again(piece);
        assertEquals(List.of(), settings.calls);
        assertTrue(queue.isEmpty());
    }

    @Test
    void aPreviewOfAnotherTextIsBegunAnewAndThatCountsAsALook() {
        settings.runningLooks = SWEEP;
        sweep();
        settings.othersPreview("{\"rules\":[]}", 0);
        settings.runningAfterStart = SWEEP;
        assertEquals(1, look().look());
        assertEquals(2, Collections.frequency(settings.calls, "startPreview"));
        assertFalse(isPut());
        assertEquals(2, look().look());
        assertEquals(2, Collections.frequency(settings.calls, "startPreview"));
        assertTrue(isPut());
    }

    @Test
    void whereThereIsNoPreviewAnyMoreOneIsBegun() {
        settings.runningLooks = SWEEP;
        sweep();
        settings.ending = Optional.of(new Preview.Broken("not found"));
        look();
        assertEquals(2, Collections.frequency(settings.calls, "startPreview"));
    }

    @Test
    void whatAGuardKeepsIsWithheldAtALookToo() {
        settings.runningLooks = SWEEP;
        settings.expiring = Set.of(PINNED);
        sweep();
        look();
        assertTrue(told().endsWith("withheld, as it would expire " + PINNED + " (kept: pinned)"), told());
        assertFalse(isPut());
        assertTrue(queue.isEmpty());
    }

    @Test
    void afterAnHourOfLooksItFailsUntilTheNextSweep() {
        settings.runningLooks = 1_000;
        sweep();
        int looks = 0;
        while (!queue.isEmpty()) {
            look();
            looks++;
        }
        assertEquals(12, looks);
        assertEquals(
                Duration.ofHours(1), Duration.between(START, clock.instant()).truncatedTo(ChronoUnit.HOURS));
        assertTrue(
                told().endsWith("not repaired: ECR's preview was still running at look 12; the next sweep begins anew"),
                told());
        assertEquals(1, Collections.frequency(settings.calls, "startPreview"));
    }

    @Test
    void aMessageThatComesLongAfterwardsTrustsNoPreviewThatIsThere() {
        settings.runningLooks = SWEEP;
        sweep();
        clock.advance(Duration.ofHours(2));
        look();
        assertEquals(2, Collections.frequency(settings.calls, "startPreview"));
        assertTrue(isPut());
    }

    @Test
    void aSweepTrustsNoPreviewThatItDidNotSeeRunning() {
        settings.runningLooks = SWEEP;
        sweep();
        queue.clear();
        sweep();
        assertEquals(2, Collections.frequency(settings.calls, "startPreview"));
    }

    @Test
    void whatSomebodyPutMeanwhileIsKeptAndMergedAMinuteLater() {
        String theirs = "{\"rules\":[{\"rulePriority\":9,\"selection\":{\"tagStatus\":\"any\",\"countType\":"
                + "\"imageCountMoreThan\",\"countNumber\":9},\"action\":{\"type\":\"expire\"}}]}";
        settings.meanwhile = call -> {
            if (call.equals("preview")) {
                settings.others(Optional.of(theirs), Optional.empty());
            }
        };
        sweep();
        settings.meanwhile = call -> {};
        assertEquals(List.of(Duration.ofMinutes(1)), delays);
        assertEquals(Optional.of(theirs), settings.current.orElseThrow().lifecyclePolicy());
        assertEquals(LifecycleWork.Reconcile.NEVER, look().runningAt());
        assertEquals(2, Collections.frequency(settings.calls, "startPreview"));
        assertTrue(told().endsWith("; repaired"), told());
    }

    @Test
    void aLookThatFailsForAMomentIsRepeatedInAMinute() {
        settings.runningLooks = SWEEP;
        sweep();
        for (String call : List.of("putLifecyclePolicy", "read")) {
            settings.refusals.put(call, new Failure(FailureKind.ECR_THROTTLING, "ThrottlingException", "slow down"));
            look();
            assertFalse(isPut());
            assertEquals(Duration.ofMinutes(1), delays.getLast());
            settings.refusals.clear();
        }
        look();
        assertTrue(isPut());
        assertTrue(queue.isEmpty());
    }

    @Test
    void whatEcrRefusesAtALookIsLeftToTheNextSweep() {
        settings.runningLooks = SWEEP;
        sweep();
        settings.refusals.put("read", new Failure(FailureKind.ACCESS, "AccessDeniedException", "no"));
        look();
        assertTrue(queue.isEmpty());
    }

    private void sweep() {
        List<Drift> drifts = pieces.first(PLAN, pieces.described(PLAN).getFirst());
        assertEquals(1, drifts.size(), drifts::toString);
    }

    /** Carries the message out that is in the queue, when its delay is over. */
    private LifecycleWork.Reconcile look() {
        clock.advance(delays.getLast());
        LifecycleWork.Reconcile piece = (LifecycleWork.Reconcile) queue.removeFirst();
        pieces.again(piece);
        return piece;
    }

    private boolean isPut() {
        return settings.current.orElseThrow().lifecyclePolicy().isPresent();
    }

    private String told() {
        return log.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    }
}
