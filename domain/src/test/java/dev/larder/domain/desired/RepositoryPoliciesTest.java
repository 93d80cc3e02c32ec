package dev.larder.domain.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RepositoryPoliciesTest {
    private static final Map<String, Object> NONE = Map.of();
    private static final Map<String, Object> PULL = statement("LarderPull", "Allow", "ecr:BatchGetImage");
    private static final Map<String, Object> THEIRS = statement("Mine", "Allow", "ecr:PutImage");

    @Test
    void lardersStatementComesBesideTheirs() {
        assertEquals(
                policy(THEIRS, PULL),
                RepositoryPolicies.merge(policy(THEIRS), policy(PULL)).document());
        assertEquals(policy(PULL), RepositoryPolicies.merge(NONE, policy(PULL)).document());
    }

    @Test
    void aSingleStatementWithoutAListIsOne() {
        assertEquals(
                policy(THEIRS, PULL),
                RepositoryPolicies.merge(Map.of("Version", "2012-10-17", "Statement", THEIRS), policy(PULL))
                        .document());
    }

    @Test
    void lardersStatementGoesWhenItIsNotWantedAndTheirsStays() {
        assertEquals(
                policy(THEIRS),
                RepositoryPolicies.merge(policy(PULL, THEIRS), NONE).document());
        assertEquals(NONE, RepositoryPolicies.merge(policy(PULL), NONE).document());
    }

    @Test
    void whatAwsWritesInAnotherWayIsNoDrift() {
        Map<String, Object> wanted = Map.of(
                "Sid",
                "LarderPull",
                "Effect",
                "Allow",
                "Principal",
                Map.of("AWS", List.of("111122223333")),
                "Action",
                List.of("ecr:B", "ecr:A"));
        Map<String, Object> found = Map.of(
                "Sid",
                "LarderPull",
                "Effect",
                "Allow",
                "Principal",
                Map.of("AWS", "arn:aws:iam::111122223333:root"),
                "Action",
                List.of("ecr:A", "ecr:B"));
        assertEquals(
                List.of(),
                RepositoryPolicies.merge(policy(found), policy(wanted)).drifts());
        Map<String, Object> everyone =
                Map.of("Sid", "Larder1", "Effect", "Allow", "Principal", Map.of("AWS", "*"), "Action", "ecr:A");
        Map<String, Object> star = Map.of("Sid", "Larder1", "Effect", "Allow", "Principal", "*", "Action", "ecr:A");
        assertEquals(
                List.of(),
                RepositoryPolicies.merge(policy(everyone), policy(star)).drifts());
    }

    @Test
    void aDenialOfTheirsIsKeptAndTold() {
        Map<String, Object> denial = statement("No", "Deny", "ecr:*");
        Merged merged = RepositoryPolicies.merge(policy(denial, PULL), policy(PULL));
        assertFalse(merged.changed());
        assertInstanceOf(Drift.Conflict.class, merged.drifts().getFirst());
        assertEquals(
                List.of(),
                RepositoryPolicies.merge(policy(statement("No", "Deny", "ecr:PutImage"), PULL), policy(PULL))
                        .drifts());
    }

    @Test
    void whatIsNotUnderstoodIsKept() {
        for (Map<String, Object> strange : List.<Map<String, Object>>of(
                Map.of("Statement", "all"), Map.of("Version", "1"), Map.of("Statement", List.of(1)))) {
            Merged merged = RepositoryPolicies.merge(strange, policy(PULL));
            assertEquals(strange, merged.document());
            assertInstanceOf(Drift.Conflict.class, merged.drifts().getFirst());
        }
    }

    @Property
    void mergingKeepsTheirsAndASecondTimeChangesNothing(
            @ForAll("statements") List<Map<String, Object>> found,
            @ForAll("statements") List<Map<String, Object>> wanted) {
        Map<String, Object> there = found.isEmpty() ? NONE : policy(found);
        Map<String, Object> should = wanted.isEmpty() ? NONE : policy(wanted);
        Map<String, Object> merged = RepositoryPolicies.merge(there, should).document();
        Merged twice = RepositoryPolicies.merge(merged, should);
        assertEquals(merged, twice.document());
        assertFalse(twice.changed());
        List<?> result = merged.isEmpty() ? List.of() : (List<?>) merged.get("Statement");
        List<?> theirs =
                found.stream().filter(statement -> !isLarders(statement)).toList();
        assertEquals(
                theirs,
                result.stream()
                        .filter(statement -> !isLarders((Map<?, ?>) statement))
                        .toList());
        assertTrue(result.containsAll(
                wanted.stream().filter(RepositoryPoliciesTest::isLarders).toList()));
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> statements() {
        return Combinators.combine(
                        Arbitraries.of("Larder1", "Larder2", "LarderPull", "Mine", "larder", "My2"),
                        Arbitraries.of("Allow", "Deny"),
                        Arbitraries.of("ecr:*", "ecr:Get*", "*", "ecr:PutImage"))
                .as(RepositoryPoliciesTest::statement)
                .list()
                .uniqueElements(statement -> statement.get("Sid"))
                .ofMaxSize(5);
    }

    private static boolean isLarders(Map<?, ?> statement) {
        return String.valueOf(statement.get("Sid")).startsWith("Larder");
    }

    private static Map<String, Object> statement(String sid, String effect, String action) {
        return Map.of("Sid", sid, "Effect", effect, "Principal", "*", "Action", action);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Map<String, Object> policy(Map<String, Object>... statements) {
        return policy(Arrays.stream(statements).toList());
    }

    private static Map<String, Object> policy(List<Map<String, Object>> statements) {
        return Map.of("Version", "2012-10-17", "Statement", statements);
    }
}
