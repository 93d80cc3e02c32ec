package dev.larder.domain.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.larder.events.image.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainSettingsTest {
    @Test
    void onlyTagsThatLackOrDifferAreDrift() {
        assertEquals(
                Optional.of(new Drift.Open(Field.TAGS, "a=2", "a=1, b=1")),
                PlainSettings.tags(Map.of("a", "2", "mine", "x"), Map.of("a", "1", "b", "1")));
        assertEquals(Optional.empty(), PlainSettings.tags(Map.of("a", "1", "mine", "x"), Map.of("a", "1")));
    }

    @Test
    void moreTagsThanAwsAllowsAreAConflict() {
        Map<String, String> many =
                IntStream.range(0, 50).mapToObj(String::valueOf).collect(Collectors.toMap(i -> i, i -> i));
        assertInstanceOf(
                Drift.Conflict.class, PlainSettings.tags(many, Map.of("a", "1")).orElseThrow());
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
                PlainSettings.tagMutability(found, new TagMutability("MUTABLE_WITH_EXCLUSION", List.of("a", "b"))));
        assertEquals(
                "tag mutability: found IMMUTABLE, wanted MUTABLE_WITH_EXCLUSION of a, b; to be repaired",
                PlainSettings.tagMutability(new TagMutability("IMMUTABLE", List.of()), found)
                        .orElseThrow()
                        .text());
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
