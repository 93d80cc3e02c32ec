package dev.larder.local.ecr.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.oci.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecyclePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "tagStatus:any,countType:sinceImagePulled,countUnit:days,countNumber:9|expire|sinceImagePulled",
                "tagStatus:any,countType:imageCountMoreThan,countUnit:days,countNumber:9|expire|countUnit",
                "tagStatus:any,countType:sinceImagePushed,countNumber:9|expire|countUnit",
                "tagStatus:any,countType:sinceImagePushed,countUnit:hours,countNumber:9|expire|countUnit must be days",
                "tagStatus:any,countType:imageCountMoreThan,countNumber:0|expire|countNumber",
                "tagStatus:tagged,countType:imageCountMoreThan,countNumber:9|expire|exactly one",
                "tagStatus:untagged,tagPrefixList:[v],countType:imageCountMoreThan,countNumber:9|expire|only for tagStatus",
                "tagStatus:tagged,tagPatternList:[*a*b*c*d*],countType:imageCountMoreThan,countNumber:9|expire|4 wildcards",
                "tagStatus:any,countType:sinceImageTransitioned,countUnit:days,countNumber:90|expire|storageClass archive",
                "tagStatus:any,storageClass:archive,countType:sinceImageTransitioned,countUnit:days,countNumber:89|expire|90",
                "tagStatus:some,countType:imageCountMoreThan,countNumber:9|expire|tagStatus",
                "tagStatus:any,countType:imageCountMoreThan,countNumber:9,x:1|expire|no member",
                "tagStatus:any,countType:imageCountMoreThan,countNumber:9|delete|'type'",
            })
    void aRuleOutsideTheGrammarIsRefusedWithTheReason(String selection, String action, String reason) {
        AwsException refusal =
                assertThrows(AwsException.class, () -> LifecyclePolicy.parse(policy(rule(1, selection, action))));
        assertEquals("InvalidParameterException", refusal.code());
        assertTrue(refusal.message().contains(reason), refusal.message());
    }

    @Test
    void rulesThatContradictEachOtherAreRefused() {
        String any = "tagStatus:any,countType:imageCountMoreThan,countNumber:9";
        String untagged = "tagStatus:untagged,countType:imageCountMoreThan,countNumber:9";
        String prefix = "tagStatus:tagged,tagPrefixList:[v],countType:imageCountMoreThan,countNumber:9";
        for (String policy : List.of(
                policy(rule(1, prefix, "expire"), rule(1, any, "expire")),
                policy(rule(1, any, "expire"), rule(2, untagged, "expire")),
                policy(rule(1, untagged, "expire"), rule(2, untagged, "expire")),
                policy(rule(1, prefix, "expire"), rule(2, prefix, "expire")),
                "[]",
                "{",
                "{\"rules\":[]}")) {
            assertThrows(AwsException.class, () -> LifecyclePolicy.parse(policy), policy);
        }
        LifecyclePolicy.parse(policy(rule(1, prefix, "expire"), rule(2, untagged, "expire"), rule(9, any, "expire")));
    }

    @Test
    void anImageBelongsToTheFirstRuleThatSelectsItEvenIfThatRuleKeepsIt() {
        LifecyclePolicy policy = LifecyclePolicy.parse(policy(
                rule(1, "tagStatus:tagged,tagPrefixList:[prod],countType:imageCountMoreThan,countNumber:1", "expire"),
                rule(2, "tagStatus:any,countType:sinceImagePushed,countUnit:days,countNumber:1", "expire")));
        LifecycleImage prod = image("a", 100, List.of("prod-1"), Set.of());
        LifecycleImage other = image("b", 100, List.of("dev-1"), Set.of());
        assertEquals(
                Set.of(other.digest()),
                policy.evaluate(List.of(prod, other), NOW).keySet());
    }

    @Test
    void everyEntryOfATagListMustMatch() {
        LifecyclePolicy policy = LifecyclePolicy.parse(policy(rule(
                1,
                "tagStatus:tagged,tagPatternList:[a*;*z],countType:sinceImagePushed,countUnit:days,countNumber:1",
                "expire")));
        LifecycleImage both = image("a", 9, List.of("a1", "1z"), Set.of());
        LifecycleImage one = image("b", 9, List.of("a1", "a2"), Set.of());
        assertEquals(
                Set.of(both.digest()), policy.evaluate(List.of(both, one), NOW).keySet());
    }

    @Test
    void aPullKeepsAnImageOutOfTheArchiveAndARestoreMakesItYoung() {
        LifecyclePolicy policy = LifecyclePolicy.parse(policy(
                rule(1, "tagStatus:any,countType:sinceImagePulled,countUnit:days,countNumber:30", "transition")));
        Instant old = NOW.minus(Duration.ofDays(40));
        Instant lately = NOW.minus(Duration.ofDays(5));
        LifecycleImage pulled = new LifecycleImage(
                digest("a"), List.of(), old, Optional.of(lately), Optional.empty(), Optional.empty(), false, Set.of());
        LifecycleImage restored = new LifecycleImage(
                digest("b"), List.of(), old, Optional.empty(), Optional.of(lately), Optional.empty(), false, Set.of());
        LifecycleImage idle = image("c", 40, List.of(), Set.of());
        assertEquals(
                Set.of(idle.digest()),
                policy.evaluate(List.of(pulled, restored, idle), NOW).keySet());
    }

    @Property(tries = 300)
    void nothingIsTakenFromUnderAnIndexThatStays(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 400) Integer> seeds,
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll boolean byAge) {
        List<LifecycleImage> images = graph(seeds);
        LifecyclePolicy policy = LifecyclePolicy.parse(policy(rule(
                1,
                byAge
                        ? "tagStatus:any,countType:sinceImagePushed,countUnit:days,countNumber:" + count
                        : "tagStatus:any,countType:imageCountMoreThan,countNumber:" + count,
                "expire")));
        Map<Digest, LifecycleRule> hits = policy.evaluate(images, NOW);
        for (LifecycleImage image : images) {
            if (hits.containsKey(image.digest())) {
                assertTrue(hits.keySet().containsAll(image.parents()), image.toString());
            }
            boolean oldAndFree =
                    byAge && image.parents().isEmpty() && !image.pushedAt().isAfter(NOW.minus(Duration.ofDays(count)));
            assertTrue(!oldAndFree || hits.containsKey(image.digest()), image.toString());
        }
    }

    @Property(tries = 300)
    void aCountRuleKeepsExactlyTheNewest(
            @ForAll @Size(max = 25) List<@IntRange(max = 400) Integer> ages,
            @ForAll @IntRange(min = 1, max = 10) int keep) {
        List<LifecycleImage> images = new ArrayList<>();
        for (int i = 0; i < ages.size(); i++) {
            images.add(image("i" + i, ages.get(i), List.of("t" + i), Set.of()));
        }
        LifecyclePolicy policy = LifecyclePolicy.parse(
                policy(rule(1, "tagStatus:any,countType:imageCountMoreThan,countNumber:" + keep, "expire")));
        Set<Digest> hits = policy.evaluate(images, NOW).keySet();
        assertEquals(Math.max(0, images.size() - keep), hits.size());
        Instant newestHit = images.stream()
                .filter(image -> hits.contains(image.digest()))
                .map(LifecycleImage::pushedAt)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        assertTrue(images.stream()
                .filter(image -> !hits.contains(image.digest()))
                .noneMatch(image -> image.pushedAt().isBefore(newestHit)));
    }

    /** Each image may be listed by earlier ones. */
    private static List<LifecycleImage> graph(List<Integer> seeds) {
        List<LifecycleImage> images = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            int seed = seeds.get(i);
            Set<Digest> parents = i > 0 && seed % 3 == 0 ? Set.of(digest("g" + seed % i)) : Set.of();
            images.add(image("g" + i, seed % 60, seed % 2 == 0 ? List.of() : List.of("t" + i), parents));
        }
        return images;
    }

    private static LifecycleImage image(String name, int ageDays, List<String> tags, Set<Digest> parents) {
        Instant pushed = NOW.minus(Duration.ofDays(ageDays));
        return new LifecycleImage(
                digest(name), tags, pushed, Optional.empty(), Optional.empty(), Optional.empty(), false, parents);
    }

    private static Digest digest(String name) {
        return Sha256.of(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String policy(String... rules) {
        return "{\"rules\":[" + String.join(",", rules) + "]}";
    }

    /** {@code member:value} pairs; a list is {@code [a;b]}. */
    private static String rule(int priority, String selection, String action) {
        String members = List.of(selection.split(",")).stream()
                .map(pair -> "\"" + pair.substring(0, pair.indexOf(':')) + "\":"
                        + value(pair.substring(pair.indexOf(':') + 1)))
                .collect(Collectors.joining(","));
        String target = action.equals("transition") ? ",\"targetStorageClass\":\"archive\"" : "";
        return "{\"rulePriority\":" + priority + ",\"description\":\"a rule\",\"selection\":{" + members
                + "},\"action\":{\"type\":\"" + action + "\"" + target + "}}";
    }

    private static String value(String text) {
        if (text.startsWith("[")) {
            return "[\"" + text.substring(1, text.length() - 1).replace(";", "\",\"") + "\"]";
        }
        return text.chars().allMatch(Character::isDigit) ? text : "\"" + text + "\"";
    }
}
