package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.Digest;
import dev.larder.functions.ecr.RepositorySettings;
import dev.larder.functions.sweep.EvictionSwitch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Repositories are brought to their desired state by the sweep. */
class SweepDesiredStateTest extends SweepFixture {
    @Test
    void everyCachedRepositoryIsBroughtToItsDesiredStateAndSweptWhetherOrNotItCanBe() {
        pulledThrough(OLD, OURS);
        clock.advance(Duration.ofDays(31));
        settings.templates.add(new RepositorySettings.Template(
                "docker-hub",
                Optional.empty(),
                Optional.empty(),
                Map.of("managed-by", "larder"),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        settings.refusals.put("addTags", new Failure(FailureKind.CREDENTIALS, "AccessDeniedException", "no"));
        assertEquals(Map.of("evict", 3L, "drift failed", 1L), sweep(false, "r1").counts());
        settings.refusals.clear();
        assertEquals(
                Map.of("evicted", 3L, "drift repaired", 1L), sweep(true, "r2").counts());
    }

    @Test
    void theRepositoriesOfAPieceAreDescribedInOneCall() {
        pulledThrough(OLD, image("docker-hub/library/redis:7"));
        settings.templates.add(new RepositorySettings.Template(
                "docker-hub",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        sweep(false, "r1");
        assertEquals(List.of(2), settings.described);
    }

    @Test
    void aPreviewThatOutlastsTheSweepIsLookedAtAgainThoughItsRunIsOver() {
        pulledThrough(OLD);
        settings.templates.add(expiring());
        settings.runningLooks = 8;
        twice = true;
        Run run = sweep(true, "r1");
        assertEquals(Map.of("pushed", 3L, "drift waiting", 1L), run.counts());
        assertTrue(settings.current.orElseThrow().lifecyclePolicy().isPresent());
        assertEquals(
                1,
                settings.calls.stream()
                        .filter(call -> call.equals("putLifecyclePolicy"))
                        .count());
    }

    @Test
    void whileTheSwitchIsOffNoPolicyThatExpiresIsPut() {
        pulledThrough(OLD);
        settings.templates.add(expiring());
        killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 9", clock.instant()));
        assertEquals(1L, sweep(true, "r1").counts().get("drift withheld"));
        assertEquals(Optional.empty(), settings.current.orElseThrow().lifecyclePolicy());
        killSwitch.turn(new EvictionSwitch.State(false, "ops", "", clock.instant()));
        assertEquals(1L, sweep(true, "r2").counts().get("drift repaired"));
    }

    @Test
    void aPreviewThatOutlastsTheSweepPutsNothingWhenTheSwitchWentOffMeanwhile() {
        pulledThrough(OLD);
        settings.templates.add(expiring());
        settings.runningLooks = 8;
        beforeSend = work -> {
            if (work instanceof LifecycleWork.Reconcile) {
                killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 9", clock.instant()));
            }
        };
        assertEquals(1L, sweep(true, "r1").counts().get("drift waiting"));
        assertTrue(sent.stream().anyMatch(LifecycleWork.Reconcile.class::isInstance));
        assertEquals(Optional.empty(), settings.current.orElseThrow().lifecyclePolicy());
    }

    @Test
    void whatPeoplesOwnRuleExpiresFromTheArchiveKeepsNoPolicyFromBeingPut() {
        pulledThrough(OLD);
        Digest index = registry.cached(OLD).orElseThrow();
        registry.archived.add(index);
        settings.templates.add(new RepositorySettings.Template(
                "docker-hub",
                Optional.of("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: any\",\"selection\":"
                        + "{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":900},"
                        + "\"action\":{\"type\":\"expire\"}}]}"),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        settings.expiring = Set.of(index);
        assertEquals(1L, sweep(true, "r1").counts().get("drift repaired"));
    }
}
