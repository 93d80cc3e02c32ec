package dev.larder.functions.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.Drift;
import dev.larder.events.image.Digest;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Preview;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that expire images are put after ECR's preview, and not while evictions are off. */
class ExpiryPreviewTest extends RepositoryReconciliationFixture {
    private static final Digest NOBODYS = new Digest("sha256:" + "cd".repeat(32));

    private static final String LARDERS =
            "{\"rulePriority\":%d,\"description\":\"larder: %s\",\"selection\":{\"tagStatus\":\"tagged\","
                    + "\"tagPatternList\":[\"%s\"],\"countType\":\"imageCountMoreThan\",\"countNumber\":9},"
                    + "\"action\":{\"type\":\"expire\"}}";

    @Test
    void aPolicyThatWouldExpireWhatHasToStayIsWithheldAndTold() {
        settings.expiring = Set.of(PINNED, NOBODYS);
        Drift.Withheld withheld =
                assertInstanceOf(Drift.Withheld.class, reconcile().getLast());
        assertEquals(Map.of(PINNED, "pinned"), withheld.kept());
        assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
        settings.expiring = Set.of(NOBODYS);
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
    }

    @Test
    void aPreviewIsWaitedForAndThenLeftForLater() {
        settings.runningLooks = 2;
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), waited);
        settings.deleteLifecyclePolicy(APP);
        settings.runningLooks = 9;
        assertEquals(
                "not repaired yet: ECR's preview is still running",
                reconcile().getLast().outcome());
    }

    @Test
    void somebodyElsesPreviewIsNotTakenForLarders() {
        settings.othersPreview("{\"rules\":[]}", 1);
        settings.expiring = Set.of(PINNED);
        settings.runningLooks = 0;
        assertInstanceOf(Drift.Withheld.class, reconcile().getLast());
        settings.ending = Optional.of(new Preview.Complete("{\"rules\":[]}", Set.of()));
        assertEquals(
                "not repaired: ECR's preview ended as one of another policy",
                reconcile().getLast().outcome());
    }

    @Test
    void aPreviewThatFailedPutsNothing() {
        settings.ending = Optional.of(new Preview.Broken("FAILED"));
        assertEquals(
                "not repaired: ECR's preview ended as FAILED",
                reconcile().getLast().outcome());
        assertFalse(settings.calls.contains("putLifecyclePolicy"));
    }

    @Test
    void aRuleThatSomebodyPutsWhileThePreviewRunsIsKept() {
        Optional<String> theirs = Optional.of("{\"rules\":[" + THEIR_RULE + "]}");
        settings.meanwhile = call -> {
            if (call.equals("preview")) {
                settings.others(theirs, settings.current.flatMap(Current::repositoryPolicy));
            }
        };
        assertEquals(
                "not repaired yet: somebody changed it meanwhile",
                reconcile().getLast().outcome());
        assertEquals(theirs, settings.current.flatMap(Current::lifecyclePolicy));
        settings.meanwhile = call -> {};
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
        String both = settings.current.flatMap(Current::lifecyclePolicy).orElseThrow();
        assertTrue(both.contains(THEIR_RULE) && both.contains("larder: untagged"), both);
    }

    @Test
    void theLastOfLardersRulesGoesWhateverPeoplesOwnWouldExpire() {
        String theirs = "{\"rules\":[" + THEIR_RULE + "]}";
        settings.others(Optional.of(theirs), Optional.empty());
        reconcile();
        settings.templates.set(0, template("quay", InMemorySettings.MUTABLE, Optional.empty()));
        settings.expiring = Set.of(PINNED);
        settings.calls.clear();
        clock.advance(Duration.ofMinutes(2));
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
        assertEquals(Optional.of(theirs), settings.current.flatMap(Current::lifecyclePolicy));
        assertFalse(settings.calls.contains("startPreview"));
    }

    @Test
    void whileEvictionsAreSwitchedOffNoRuleOfLardersIsPutAndTheRestIsRepaired() {
        off = () -> Optional.of("by ann: an outage");
        List<Drift> drifts = reconcile();
        assertTrue(drifts.subList(0, 3).stream().allMatch(Drift.Repaired.class::isInstance), drifts::toString);
        assertEquals(
                "withheld, as evictions are switched off: by ann: an outage",
                drifts.getLast().outcome());
        assertFalse(settings.calls.contains("startPreview"));
        assertEquals(
                "withheld, as evictions are switched off: by ann: an outage",
                reconciliation.reconcile(APP, false).getLast().outcome(),
                "who only looks is told the same");
        off = Optional::empty;
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
    }

    @Test
    void aSwitchThatIsTurnedWhileThePreviewRunsCounts() {
        settings.meanwhile = call -> {
            if (call.equals("preview")) {
                off = () -> Optional.of("by ann");
            }
        };
        assertInstanceOf(Drift.Halted.class, reconcile().getLast());
        assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
    }

    @Test
    void aSwitchThatCannotBeReadMayBeOff() {
        off = () -> {
            throw new IllegalStateException("no table");
        };
        assertEquals(
                "withheld, as evictions are switched off: the switch could not be read: no table",
                reconcile().getLast().outcome());
    }

    @Test
    void theLastOfLardersRulesGoesAlsoWhileEvictionsAreSwitchedOff() {
        String theirs = "{\"rules\":[" + THEIR_RULE + "]}";
        settings.others(Optional.of(theirs), Optional.empty());
        reconcile();
        settings.templates.set(0, template("quay", InMemorySettings.MUTABLE, Optional.empty()));
        clock.advance(Duration.ofMinutes(2));
        off = () -> Optional.of("by ann");
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
        assertEquals(Optional.of(theirs), settings.current.flatMap(Current::lifecyclePolicy));
    }

    @Test
    void aRuleThatGoesIsWithheldWhileAnotherOfLardersStays() {
        String one = LARDERS.formatted(1, "dev-*", "dev-*");
        settings.others(
                Optional.of("{\"rules\":[" + one + "," + LARDERS.formatted(2, "pr-*", "pr-*") + "]}"),
                Optional.empty());
        settings.templates.set(
                0,
                new Template(
                        "quay",
                        Optional.of("{\"rules\":[" + one + "]}"),
                        Optional.empty(),
                        Map.of(),
                        InMemorySettings.MUTABLE,
                        Optional.empty()));
        settings.expiring = Set.of(PINNED);
        assertInstanceOf(Drift.Withheld.class, reconcile().getLast());
        settings.expiring = Set.of();
        assertInstanceOf(Drift.Repaired.class, reconcile().getLast());
        assertEquals(Optional.of("{\"rules\":[" + one + "]}"), settings.current.flatMap(Current::lifecyclePolicy));
    }
}
