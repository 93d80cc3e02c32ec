package dev.larder.domain.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.events.image.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainSettingsTest {
    @Test
    void onlyTagsThatLackOrDifferAreDrift() {
        Map<String, String> wanted = Map.of("a", "1", "b", "1");
        Map<String, String> found = tagged(Map.of("mine", "x"), Map.of("a", "2"));
        assertEquals(
                List.of(new Drift.Open(Field.TAGS, "a=2, larder:tags=00061", "a=1, b=1, larder:tags=0006100062")),
                PlainSettings.tags(found, wanted));
        assertEquals(List.of(), PlainSettings.tags(tagged(found, wanted), wanted));
    }

    /** The tags that are there after those that are missing were set. */
    private static Map<String, String> tagged(Map<String, String> found, Map<String, String> wanted) {
        Map<String, String> tagged = new HashMap<>(found);
        tagged.putAll(PlainSettings.missingTags(found, wanted));
        return tagged;
    }

    @Test
    void aTagThatSomebodySetStaysAndIsToldHoweverOftenAndTheOthersAreSet() {
        Map<String, String> wanted = Map.of("team", "platform", "stage", "prod", "managed-by", "larder");
        Map<String, String> found = Map.of("team", "payments", "managed-by", "terraform");
        Map<String, String> tagged = tagged(found, wanted);
        assertEquals("prod", tagged.get("stage"));
        assertEquals("payments", tagged.get("team"));
        assertEquals("terraform", tagged.get("managed-by"));
        assertEquals(
                List.of(
                        "tags: found managed-by=terraform, team=payments, wanted managed-by=larder, team=platform; kept:"
                                + " somebody set it; where the file's is right, take it off, and the next sweep sets the file's"),
                PlainSettings.tags(tagged, wanted).stream().map(Drift::text).toList());
        tagged.remove("team");
        assertEquals("platform", tagged(tagged, wanted).get("team"));
    }

    @Test
    void aTagThatLarderSetFollowsTheFileAndOneThatTheFileNamesAnewIsSomebodys() {
        Map<String, String> first = tagged(Map.of("stage", "test"), Map.of("team", "a"));
        Map<String, String> then = tagged(first, Map.of("team", "b", "stage", "prod"));
        assertEquals("b", then.get("team"));
        assertEquals("test", then.get("stage"));
        assertEquals(
                "b",
                tagged(tagged(then, Map.of("team", "x")), Map.of("team", "b")).get("team"));
    }

    @Test
    void aTagThatSomebodySetWhileTheFileNamedNoneIsSomebodys() {
        Map<String, String> none = tagged(tagged(Map.of(), Map.of("team", "a")), Map.of());
        Map<String, String> theirs = new HashMap<>(none);
        theirs.put("team", "payments");
        assertEquals("payments", tagged(theirs, Map.of("team", "platform")).get("team"));
        assertEquals(Map.of(), PlainSettings.missingTags(none, Map.of()), "and is written once");
    }

    @Test
    void lardersOwnTagsAreAlwaysAsTheTemplateSays() {
        Map<String, String> wanted = Map.of("larder:scan-on-push", "true");
        assertEquals(wanted, PlainSettings.missingTags(Map.of("larder:scan-on-push", "false"), wanted));
        assertEquals(Map.of(), PlainSettings.missingTags(Map.of("managed-by", "me"), Map.of("managed-by", "larder")));
    }

    @Test
    void moreTagsThanAwsAllowsAreAConflict() {
        Map<String, String> many =
                IntStream.range(0, 50).mapToObj(String::valueOf).collect(Collectors.toMap(i -> i, i -> i));
        assertInstanceOf(
                Drift.Conflict.class, PlainSettings.tags(many, Map.of("a", "1")).getFirst());
    }

    @Test
    void whatNobodyAsksForStaysAsItIs() {
        assertEquals(Optional.empty(), PlainSettings.scanOnPush(true, Optional.empty()));
        assertEquals(Optional.empty(), PlainSettings.encryption(Optional.of("arn"), Optional.empty()));
        assertEquals(
                Optional.of(new Drift.Open(Field.SCAN_ON_PUSH, "true", "false")),
                PlainSettings.scanOnPush(true, Optional.of(false)));
    }

    @Test
    void theOrderOfExclusionsIsNoDrift() {
        TagMutability found = new TagMutability("MUTABLE_WITH_EXCLUSION", List.of("b", "a"));
        assertEquals(
                Optional.empty(),
                PlainSettings.tagMutability(
                        found, new TagMutability("MUTABLE_WITH_EXCLUSION", List.of("a", "b")), true));
        assertEquals(
                "tag mutability: found IMMUTABLE, wanted MUTABLE_WITH_EXCLUSION of a, b; to be repaired",
                PlainSettings.tagMutability(new TagMutability("IMMUTABLE", List.of()), found, true)
                        .orElseThrow()
                        .text());
    }

    @Test
    void mutabilityThatNobodyAsksForStaysAndIsToldWhereTagsMayNotMove() {
        TagMutability mutable = new TagMutability("MUTABLE", List.of());
        TagMutability immutable = new TagMutability("IMMUTABLE", List.of());
        assertEquals(
                "tag mutability: found IMMUTABLE, wanted MUTABLE; kept: somebody set it, and the file does not name"
                        + " tagMutability; a tag that may not move stays at what was cached first: name it in the file to set"
                        + " it, as mutable or as it is",
                PlainSettings.tagMutability(immutable, mutable, false)
                        .orElseThrow()
                        .text());
        assertInstanceOf(
                Drift.Conflict.class,
                PlainSettings.tagMutability(new TagMutability("MUTABLE_WITH_EXCLUSION", List.of("v*")), mutable, false)
                        .orElseThrow());
        assertEquals(Optional.empty(), PlainSettings.tagMutability(mutable, immutable, false));
        assertInstanceOf(
                Drift.Open.class,
                PlainSettings.tagMutability(mutable, immutable, true).orElseThrow());
    }

    @Test
    void anotherKeyCanOnlyBeTold() {
        assertEquals(
                "encryption: found ECR's own, wanted arn; kept: ECR sets encryption when it creates a repository,"
                        + " and never after",
                PlainSettings.encryption(Optional.empty(), Optional.of("arn"))
                        .orElseThrow()
                        .text());
    }

    @Test
    void whatIsWithheldNamesTheImagesAndWhatKeepsThem() {
        Digest digest = new Digest("sha256:" + "ab".repeat(32));
        assertEquals(
                "lifecycle policy: found nothing, wanted a rule; withheld, as it would expire " + digest.value()
                        + " (kept: pinned)",
                new Drift.Withheld(Field.LIFECYCLE_POLICY, "nothing", "a rule", Map.of(digest, "pinned")).text());
    }
}
