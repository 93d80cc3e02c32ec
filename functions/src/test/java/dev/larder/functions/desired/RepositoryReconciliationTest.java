package dev.larder.functions.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.desired.Drift;
import dev.larder.domain.desired.TagMutability;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a repository is brought to, and what people made of it. */
class RepositoryReconciliationTest extends RepositoryReconciliationFixture {
    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";

    private static final String THEIR_STATEMENT =
            "{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"}";

    private static final Map<String, String> NAMED = Map.of("larder:tag-mutability", "any");

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

    private void found(String lifecycle, String policy) {
        settings.current = Optional.of(new Current(
                settings.current.orElseThrow().description(), Optional.of(lifecycle), Optional.of(policy), Map.of()));
    }

    /** As a file's that names {@code tagMutability}. */
    private static Template named(String prefix, TagMutability mutability, Optional<String> key) {
        return new Template(prefix, Optional.empty(), Optional.empty(), NAMED, mutability, key);
    }
}
