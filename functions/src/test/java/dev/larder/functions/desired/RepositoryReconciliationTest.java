package dev.larder.functions.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.ConfigFile;
import dev.larder.config.Target;
import dev.larder.domain.desired.Drift;
import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Preview;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepositoryReconciliationTest {
    private static final RepositoryName APP = new RepositoryName("quay/app");
    private static final Digest PINNED = new Digest("sha256:" + "ab".repeat(32));
    private static final Digest NOBODYS = new Digest("sha256:" + "cd".repeat(32));
    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";
    private static final String THEIR_RULE =
            "{\"rulePriority\":9,\"description\":\"mine\",\"selection\":{\"tagStatus\":\"any\",\"countType\":"
                    + "\"imageCountMoreThan\",\"countNumber\":9},\"action\":{\"type\":\"expire\"}}";
    private static final String LARDERS =
            "{\"rulePriority\":%d,\"description\":\"larder: %s\",\"selection\":{\"tagStatus\":\"tagged\","
                    + "\"tagPatternList\":[\"%s\"],\"countType\":\"imageCountMoreThan\",\"countNumber\":9},"
                    + "\"action\":{\"type\":\"expire\"}}";
    private static final String THEIR_STATEMENT =
            "{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"}";

    private static final Map<String, String> NAMED = Map.of("larder:tag-mutability", "any");

    private final InMemorySettings settings = new InMemorySettings();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T12:00:00Z"));
    private final List<Duration> waited = new ArrayList<>();
    private Supplier<Optional<String>> off = Optional::empty;
    private final RepositoryReconciliation reconciliation = new RepositoryReconciliation(
            settings,
            (repository, digests) -> {
                Map<Digest, String> kept = new HashMap<>();
                digests.stream().filter(PINNED::equals).forEach(digest -> kept.put(digest, "pinned"));
                return kept;
            },
            () -> off.get(),
            RepositoryReconciliation.BRIEF,
            waited::add,
            clock);

    @BeforeEach
    void whatTheFileMakesOfATemplate() {
        var wanted = ConfigFile.parse("""
                        name: cache
                        cells: [{ account: "111122223333", region: eu-central-1 }]
                        upstreams: { quay: { registry: quay } }
                        repositories:
                          expire: [{ images: untagged, olderThan: 90d }]
                          policy: [{ Sid: Pull, Effect: Allow, Principal: { AWS: "111122223333" }, Action: "ecr:BatchGetImage" }]
                        """, "larder.yaml", Target.ACCOUNT).repositories("quay");
        settings.templates.add(new Template(
                "quay",
                wanted.lifecyclePolicyText(),
                wanted.repositoryPolicyText(),
                Map.of("managed-by", "larder", "larder:scan-on-push", "true"),
                InMemorySettings.MUTABLE,
                Optional.empty()));
    }

    @Test
    void anOldRepositoryGetsEverythingOnceAndThenNothing() {
        assertEquals(
                List.of("Repaired", "Repaired", "Repaired", "Repaired"),
                reconcile().stream()
                        .map(drift -> drift.getClass().getSimpleName())
                        .toList());
        assertEquals(
                List.of(
                        "addTags {larder:scan-on-push=true, managed-by=larder}",
                        "putScanOnPush true",
                        "putRepositoryPolicy",
                        "startPreview",
                        "preview",
                        "putLifecyclePolicy"),
                settings.calls);
        settings.calls.clear();
        assertEquals(List.of(), reconcile());
        assertEquals(List.of(), settings.calls);
    }

    @Test
    void aLookRepairsNothing() {
        List<Drift> drifts = reconciliation.reconcile(APP, false);
        assertEquals(4, drifts.size());
        assertTrue(drifts.stream().allMatch(Drift.Open.class::isInstance));
        assertEquals(List.of(), settings.calls);
    }

    @Test
    void whatPeopleMadeStays() {
        found("{\"rules\":[" + THEIR_RULE + "]}", "{\"Statement\":" + THEIR_STATEMENT + "}");
        reconcile();
        String lifecycle = settings.current.flatMap(Current::lifecyclePolicy).orElseThrow();
        String policy = settings.current.flatMap(Current::repositoryPolicy).orElseThrow();
        assertTrue(lifecycle.contains(THEIR_RULE) && lifecycle.contains("larder: untagged"), lifecycle);
        assertTrue(policy.contains(THEIR_STATEMENT) && policy.contains("LarderPull"), policy);
    }

    @Test
    void whatIsNotJsonStaysAndIsTold() {
        found("rules: none", "{\"Statement\": [null]}");
        List<Drift> drifts =
                reconcile().stream().filter(Drift.Conflict.class::isInstance).toList();
        assertEquals(
                List.of("a text that is no JSON object", "a text that is no JSON object"),
                drifts.stream().map(Drift::found).toList());
        assertEquals(Optional.of("rules: none"), settings.current.flatMap(Current::lifecyclePolicy));
        assertFalse(settings.calls.contains("startPreview"));
    }

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
    void whatEcrRefusesIsToldAndTheRestIsRepaired() {
        settings.refusals.put(
                "putRepositoryPolicy",
                new Failure(FailureKind.UNKNOWN, "InvalidParameterException", "Invalid principal"));
        List<Drift> drifts = reconcile();
        assertInstanceOf(Drift.Failed.class, drifts.get(2));
        assertTrue(drifts.get(2).outcome().contains("Invalid principal"));
        assertInstanceOf(Drift.Repaired.class, drifts.get(3));
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
    void aStatementThatSomebodyPutsMeanwhileIsKept() {
        Optional<String> theirs = Optional.of("{\"Statement\":" + THEIR_STATEMENT + "}");
        settings.meanwhile = call -> {
            if (call.equals("putScanOnPush true")) {
                settings.others(Optional.empty(), theirs);
            }
        };
        assertInstanceOf(Drift.Overtaken.class, reconcile().get(2));
        assertEquals(theirs, settings.current.flatMap(Current::repositoryPolicy));
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

    @Test
    void whatIsNoLongerWantedGoes() {
        reconcile();
        settings.templates.set(0, template("quay", InMemorySettings.MUTABLE, Optional.empty()));
        clock.advance(Duration.ofMinutes(2));
        reconcile();
        assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
        assertEquals(Optional.empty(), settings.current.flatMap(Current::repositoryPolicy));
    }

    @Test
    void aTagThatSomebodySetStays() {
        settings.templates.set(
                0,
                new Template(
                        "quay",
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("team", "platform", "stage", "prod"),
                        InMemorySettings.MUTABLE,
                        Optional.empty()));
        settings.addTags(InMemorySettings.ARN, Map.of("team", "payments"));
        assertEquals(
                List.of("Conflict", "Repaired"),
                reconcile().stream()
                        .map(drift -> drift.getClass().getSimpleName())
                        .toList());
        Map<String, String> tags = settings.current.orElseThrow().tags();
        assertEquals("payments", tags.get("team"));
        assertEquals("prod", tags.get("stage"));
        settings.addTags(InMemorySettings.ARN, Map.of("stage", "test"));
        reconcile();
        assertEquals("prod", settings.current.orElseThrow().tags().get("stage"), "what Larder set is put back");
    }

    @Test
    void immutableTagsStayWhereTheFileDoesNotNameThem() {
        settings.templates.set(0, template("quay", InMemorySettings.MUTABLE, Optional.empty()));
        settings.putTagMutability(APP, new TagMutability("IMMUTABLE", List.of()));
        settings.calls.clear();
        List<Drift> drifts = reconcile();
        assertEquals(1, drifts.size());
        assertTrue(
                drifts.getFirst().text().startsWith("tag mutability: found IMMUTABLE, wanted MUTABLE; kept: somebody"),
                drifts::toString);
        assertEquals(List.of(), settings.calls);
    }

    @Test
    void immutableTagsBecomeWhatTheFileNamesAndAKeyCanOnlyBeTold() {
        settings.templates.set(0, named("quay", InMemorySettings.MUTABLE, Optional.of(KEY)));
        settings.addTags(InMemorySettings.ARN, NAMED);
        settings.putTagMutability(APP, new TagMutability("IMMUTABLE", List.of()));
        List<Drift> drifts = reconcile();
        assertEquals(
                "tag mutability: found IMMUTABLE, wanted MUTABLE; repaired",
                drifts.getFirst().text());
        assertInstanceOf(Drift.Conflict.class, drifts.getLast());
    }

    @Test
    void theTemplateWithTheLongestPrefixCounts() {
        settings.templates.add(named("ROOT", new TagMutability("IMMUTABLE", List.of()), Optional.empty()));
        settings.templates.add(named("quay/ap", new TagMutability("IMMUTABLE", List.of()), Optional.empty()));
        assertFalse(reconcile().stream().anyMatch(drift -> drift.text().startsWith("tag mutability")));
        settings.templates.removeFirst();
        clock.advance(Duration.ofMinutes(2));
        assertTrue(reconcile().stream().anyMatch(drift -> drift.text().startsWith("tag mutability")));
    }

    @Test
    void whatIsGoneOrHasNoTemplateHasNoDrift() {
        settings.current = Optional.empty();
        assertEquals(List.of(), reconcile());
        settings.templates.clear();
        clock.advance(Duration.ofMinutes(2));
        assertEquals(List.of(), reconcile());
    }

    private List<Drift> reconcile() {
        return reconciliation.reconcile(APP, true);
    }

    private void found(String lifecycle, String policy) {
        settings.current = Optional.of(new Current(
                settings.current.orElseThrow().description(), Optional.of(lifecycle), Optional.of(policy), Map.of()));
    }

    /** As a file's that names {@code tagMutability}. */
    private static Template named(String prefix, TagMutability mutability, Optional<String> key) {
        return new Template(prefix, Optional.empty(), Optional.empty(), NAMED, mutability, key);
    }

    private static Template template(String prefix, TagMutability mutability, Optional<String> key) {
        return new Template(prefix, Optional.empty(), Optional.empty(), Map.of(), mutability, key);
    }
}
