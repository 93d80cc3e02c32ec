package dev.larder.domain.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LifecyclePoliciesTest {
    private static final Map<String, Object> NONE = Map.of();
    private static final Map<String, Object> UNTAGGED = rule(1, "larder: untagged", Map.of("tagStatus", "untagged"));
    private static final Map<String, Object> ANY = rule(2, "larder: any", Map.of("tagStatus", "any"));

    @Test
    void whereThereIsNoneLardersOwnComes() {
        Merged merged = LifecyclePolicies.merge(NONE, policy(UNTAGGED, ANY));
        assertEquals(policy(UNTAGGED, ANY), merged.document());
        assertTrue(merged.changed());
    }

    @Test
    void whereNothingIsWantedLardersOwnGoesAndTheirsStays() {
        Map<String, Object> theirs = rule(7, "mine", Map.of("tagStatus", "untagged"));
        assertEquals(
                policy(theirs),
                LifecyclePolicies.merge(policy(theirs, ANY), NONE).document());
        assertEquals(NONE, LifecyclePolicies.merge(policy(UNTAGGED, ANY), NONE).document());
        assertFalse(LifecyclePolicies.merge(policy(theirs), NONE).changed());
    }

    @Test
    void whatSomebodyChangedInARuleOfLardersIsPutBack() {
        Map<String, Object> changed = rule(1, "larder: untagged", Map.of("tagStatus", "untagged", "countNumber", 1));
        Merged merged = LifecyclePolicies.merge(policy(changed), policy(UNTAGGED));
        assertEquals(policy(UNTAGGED), merged.document());
        assertTrue(merged.drifts().getFirst().found().contains("countNumber: 1"));
    }

    @Test
    void lardersRulesGoBehindTheirsAndBeforeTheirsForAnyImage() {
        Map<String, Object> tagged = rule(3, "mine", tagged("a*"));
        Map<String, Object> any = rule(9, "mine", Map.of("tagStatus", "any"));
        assertEquals(
                policy(tagged, any, rule(4, "larder: untagged", Map.of("tagStatus", "untagged"))),
                LifecyclePolicies.merge(policy(tagged, any), policy(UNTAGGED)).document());
    }

    @Test
    void whereNoNumberIsFreeBeforeTheirsForAnyImageItIsAConflict() {
        Map<String, Object> found = policy(rule(1, "mine", Map.of("tagStatus", "any")));
        Merged merged = LifecyclePolicies.merge(found, policy(UNTAGGED));
        assertEquals(found, merged.document());
        assertFalse(merged.changed());
        assertTrue(conflict(merged).reason().contains("before rule 1, which is for any image"));
    }

    @Test
    void twoForTheSameImagesAreAConflictAndTheOtherRulesCome() {
        Map<String, Object> untagged = rule(5, "mine", Map.of("tagStatus", "untagged"));
        Map<String, Object> prefix = rule(6, "mine", Map.of("tagStatus", "tagged", "tagPrefixList", List.of("pr-")));
        Merged merged = LifecyclePolicies.merge(
                policy(untagged, prefix),
                policy(UNTAGGED, rule(2, "larder: pr", tagged("pr-*")), rule(3, "larder: n", tagged("n"))));
        assertEquals(policy(untagged, prefix, rule(7, "larder: n", tagged("n"))), merged.document());
        assertEquals(
                List.of("rule 5 selects untagged images already", "rule 6 selects the tags pr-* already"),
                merged.drifts().stream()
                        .filter(Drift.Conflict.class::isInstance)
                        .map(drift -> ((Drift.Conflict) drift).reason())
                        .toList());
    }

    @Test
    void aRuleForTheArchiveStandsInNobodysWay() {
        Map<String, Object> archived = rule(2, "mine", Map.of("tagStatus", "untagged", "storageClass", "archive"));
        assertEquals(
                policy(archived, rule(3, "larder: untagged", Map.of("tagStatus", "untagged"))),
                LifecyclePolicies.merge(policy(archived), policy(UNTAGGED)).document());
    }

    @Test
    void moreRulesThanEcrTakesAreAConflict() {
        Map<String, Object> found = policy(IntStream.rangeClosed(1, 50)
                .mapToObj(i -> rule(i, "mine", tagged("t" + i)))
                .toList());
        assertTrue(conflict(LifecyclePolicies.merge(found, policy(UNTAGGED)))
                .reason()
                .startsWith("ECR takes 50 rules"));
    }

    @Test
    void whatIsNotUnderstoodIsKept() {
        for (Map<String, Object> strange : List.<Map<String, Object>>of(
                Map.of("rules", "none"),
                Map.of("version", 2),
                Map.of("rules", List.of("a")),
                policy(Map.of("rulePriority", "1", "selection", Map.of("tagStatus", "any"))),
                policy(rule(1, "mine", Map.of("tagStatus", "some"))),
                policy(rule(1, "a", tagged("a")), rule(1, "b", tagged("b"))))) {
            Merged merged = LifecyclePolicies.merge(strange, policy(UNTAGGED));
            assertEquals(strange, merged.document());
            assertEquals(
                    "a policy that Larder does not understand", conflict(merged).found());
        }
    }

    @Test
    void rulesWithoutTheMarkAreNotLardersToAdd() {
        assertEquals(
                NONE,
                LifecyclePolicies.merge(NONE, policy(rule(1, "mine", tagged("a"))))
                        .document());
    }

    @Property
    void mergingASecondTimeChangesNothing(
            @ForAll("theirs") List<Map<String, Object>> theirs, @ForAll("ours") List<Map<String, Object>> ours) {
        Merged once = LifecyclePolicies.merge(document(theirs), document(ours));
        Merged twice = LifecyclePolicies.merge(once.document(), document(ours));
        assertEquals(once.document(), twice.document());
        assertFalse(twice.changed());
    }

    @Property
    void theirsAreKeptAsTheyAreAndTheResultKeepsToTheGrammar(
            @ForAll("theirs") List<Map<String, Object>> theirs,
            @ForAll("ours") List<Map<String, Object>> ours,
            @ForAll("ours") List<Map<String, Object>> before) {
        Map<String, Object> there =
                LifecyclePolicies.merge(document(theirs), document(before)).document();
        List<LifecycleRule> rules =
                rules(LifecyclePolicies.merge(there, document(ours)).document());
        assertTrue(rules.stream().map(LifecycleRule::json).toList().containsAll(theirs));
        assertEquals(
                theirs.size(), rules.stream().filter(rule -> !rule.isLarders()).count());
        Set<String> wanted = ours.stream()
                .map(rule -> String.valueOf(rule.get("description")))
                .collect(Collectors.toSet());
        assertTrue(rules.stream()
                .filter(LifecycleRule::isLarders)
                .allMatch(rule -> wanted.contains(String.valueOf(rule.json().get("description")))));
        keepsToTheGrammar(rules);
    }

    /** Of ECR's user guide, written a second time. */
    private static void keepsToTheGrammar(List<LifecycleRule> rules) {
        assertTrue(rules.size() <= 50);
        assertEquals(
                rules.size(),
                rules.stream().map(LifecycleRule::priority).distinct().count());
        for (String storageClass : List.of("standard", "archive")) {
            List<LifecycleRule> one = rules.stream()
                    .filter(rule -> rule.storageClass().equals(storageClass))
                    .toList();
            assertTrue(one.stream()
                            .filter(rule -> rule.status().equals("untagged"))
                            .count()
                    <= 1);
            int highest = one.stream().mapToInt(LifecycleRule::priority).max().orElse(0);
            assertTrue(one.stream().filter(LifecycleRule::isAny).allMatch(rule -> rule.priority() == highest));
            Set<String> tags = new HashSet<>();
            one.forEach(rule -> rule.tags().forEach(tag -> assertTrue(tags.add(tag), tag)));
        }
    }

    /** Policies that ECR takes, by people. */
    @Provide
    Arbitrary<List<Map<String, Object>>> theirs() {
        Arbitrary<Set<Integer>> numbers =
                Arbitraries.integers().between(1, 12).set().ofMaxSize(6);
        return Combinators.combine(numbers, Arbitraries.randoms()).as((chosen, random) -> {
            List<Integer> sorted = List.copyOf(new TreeSet<>(chosen));
            boolean untagged = random.nextBoolean();
            boolean any = random.nextBoolean();
            return IntStream.range(0, sorted.size())
                    .mapToObj(i -> rule(
                            sorted.get(i),
                            "by people",
                            i == sorted.size() - 1 && any
                                    ? Map.of("tagStatus", "any")
                                    : i == 0 && untagged ? Map.of("tagStatus", "untagged") : tagged("t" + i)))
                    .toList();
        });
    }

    /** Policies as the file makes them. */
    @Provide
    Arbitrary<List<Map<String, Object>>> ours() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4).set().ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 3))
                .as((tags, untagged, any, count) -> {
                    List<Map<String, Object>> selections = new ArrayList<>();
                    if (untagged) {
                        selections.add(Map.of("tagStatus", "untagged", "countNumber", count));
                    }
                    tags.forEach(tag -> selections.add(tagged("t" + tag)));
                    if (any) {
                        selections.add(Map.of("tagStatus", "any", "countNumber", count));
                    }
                    return IntStream.range(0, selections.size())
                            .mapToObj(i -> rule(i + 1, "larder: " + selections.get(i), selections.get(i)))
                            .toList();
                });
    }

    private static List<LifecycleRule> rules(Map<String, Object> document) {
        List<?> rules = document.isEmpty() ? List.of() : (List<?>) document.get("rules");
        return rules.stream()
                .map(rule -> LifecycleRule.read(rule).orElseThrow())
                .toList();
    }

    private static Drift.Conflict conflict(Merged merged) {
        assertEquals(1, merged.drifts().size());
        return assertInstanceOf(Drift.Conflict.class, merged.drifts().getFirst());
    }

    private static Map<String, Object> document(List<Map<String, Object>> rules) {
        return rules.isEmpty() ? NONE : policy(rules);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Map<String, Object> policy(Map<String, Object>... rules) {
        return policy(Arrays.stream(rules).toList());
    }

    private static Map<String, Object> policy(List<Map<String, Object>> rules) {
        return Map.of("rules", rules);
    }

    private static Map<String, Object> tagged(String pattern) {
        return Map.of("tagStatus", "tagged", "tagPatternList", List.of(pattern));
    }

    private static Map<String, Object> rule(int priority, String description, Map<String, Object> selection) {
        return Map.of("rulePriority", priority, "description", description, "selection", selection);
    }
}
