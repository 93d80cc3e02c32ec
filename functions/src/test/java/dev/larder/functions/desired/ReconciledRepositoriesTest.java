package dev.larder.functions.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.LifecycleWork;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconciledRepositoriesTest {
    private static final RepositoryName APP = new RepositoryName("quay/app");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Failure BUSY = new Failure(FailureKind.ECR_THROTTLING, "ThrottlingException", "slow down");

    private final InMemorySettings settings = new InMemorySettings();
    private final MovableClock clock = new MovableClock(NOW);
    private final List<LifecycleWork> sent = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private Optional<String> off = Optional.empty();
    private final ReconciledRepositories repositories = new ReconciledRepositories(
            new RepositoryReconciliation(
                    settings, Guards.OF_ALL, () -> off, RepositoryReconciliation.BRIEF, wait -> {}, clock),
            (work, delay) -> {
                sent.addAll(work);
                delays.add(delay);
            },
            clock);

    @BeforeEach
    void aPolicyIsWanted() {
        settings.templates.add(new Template(
                "quay",
                Optional.of("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: untagged\",\"selection\":"
                        + "{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\","
                        + "\"countNumber\":90},\"action\":{\"type\":\"expire\"}}]}"),
                Optional.empty(),
                Map.of("managed-by", "larder"),
                InMemorySettings.MUTABLE,
                Optional.empty()));
    }

    @Test
    void whatIsRepairedAtOnceIsNotLookedAtAgain() {
        repositories.created(APP);
        assertTrue(settings.current.flatMap(Current::lifecyclePolicy).isPresent());
        assertEquals(List.of(), sent);
    }

    @Test
    void whileEvictionsAreSwitchedOffANewRepositoryGetsAllButRulesThatExpire() {
        off = Optional.of("an outage");
        repositories.created(APP);
        assertEquals(
                Map.of("managed-by", "larder"), settings.current.orElseThrow().tags());
        assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
        assertEquals(List.of(), sent, "the next sweep looks");
    }

    @Test
    void whileEvictionsAreSwitchedOffANewRepositoryLosesTheRulesOfItsTemplate() {
        String template = settings.templates.getFirst().lifecyclePolicy().orElseThrow();
        settings.others(Optional.of(template), Optional.empty());
        repositories.created(APP);
        assertEquals(Optional.of(template), settings.current.flatMap(Current::lifecyclePolicy));
        off = Optional.of("an outage");
        repositories.created(APP);
        assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
        repositories.created(APP);
        assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
        off = Optional.empty();
        repositories.created(APP);
        assertTrue(settings.current.flatMap(Current::lifecyclePolicy).isPresent());
    }

    @Test
    void peoplesRulesStayInANewRepositoryWhileEvictionsAreSwitchedOff() {
        String theirs =
                "{\"rulePriority\":9,\"description\":\"mine\",\"selection\":{\"tagStatus\":\"any\",\"countType\":"
                        + "\"imageCountMoreThan\",\"countNumber\":9},\"action\":{\"type\":\"expire\"}}";
        String template = settings.templates.getFirst().lifecyclePolicy().orElseThrow();
        settings.others(Optional.of(template.replace("]}", "," + theirs + "]}")), Optional.empty());
        off = Optional.of("an outage");
        repositories.created(APP);
        assertEquals(Optional.of("{\"rules\":[" + theirs + "]}"), settings.current.flatMap(Current::lifecyclePolicy));
    }

    @Test
    void rulesThatCannotBeTakenOutForAMomentAreTriedAgain() {
        settings.others(settings.templates.getFirst().lifecyclePolicy(), Optional.empty());
        off = Optional.of("an outage");
        settings.refusals.put("deleteLifecyclePolicy", BUSY);
        repositories.created(APP);
        assertEquals(List.of(look(LifecycleWork.Reconcile.NEVER)), sent);
    }

    @Test
    void whatFailsForAMomentIsLookedAtInAMinute() {
        settings.refusals.put("addTags", BUSY);
        repositories.created(APP);
        assertEquals(List.of(look(LifecycleWork.Reconcile.NEVER)), sent);
        assertEquals(List.of(Duration.ofMinutes(1)), delays);
    }

    @Test
    void aRepositoryThatCannotBeReadForAMomentIsLookedAtInAMinute() {
        settings.refusals.put("read", BUSY);
        repositories.created(APP);
        assertEquals(List.of(look(LifecycleWork.Reconcile.NEVER)), sent);
    }

    @Test
    void aPreviewThatStillRunsIsLookedAtInAMinute() {
        settings.runningLooks = 9;
        repositories.created(APP);
        assertEquals(List.of(look(NOW)), sent);
    }

    @Test
    void whatEcrRefusesIsNotAskedAgain() {
        settings.refusals.put("addTags", new Failure(FailureKind.ACCESS, "AccessDeniedException", "no"));
        repositories.created(APP);
        assertEquals(List.of(), sent);
        settings.refusals.put("read", new Failure(FailureKind.ACCESS, "AccessDeniedException", "no"));
        assertThrows(CacheException.class, () -> repositories.created(APP));
    }

    private static LifecycleWork look(Instant runningAt) {
        return new LifecycleWork.Reconcile("created", NOW, APP, 1, runningAt);
    }
}
