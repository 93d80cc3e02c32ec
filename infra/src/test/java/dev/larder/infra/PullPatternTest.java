package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.config.Cell;
import dev.larder.config.ConfigFile;
import dev.larder.config.LarderConfig;
import dev.larder.config.Target;
import dev.larder.config.Usage;
import dev.larder.testevents.TestEvents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** Whose calls the rules for pulls leave out, by the matcher that EventBridge runs. */
class PullPatternTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCANNER = "arn:aws:iam::111122223333:role/scanner";
    private static final String MARY = "arn:aws:iam::111122223333:user/mary";

    /** As long as ECR takes a principal's ARN. */
    private static final List<String> LONG_ARNS = IntStream.range(0, 100)
            .mapToObj(i -> "arn:aws:iam::111122223333:" + (i % 3 == 0 ? "user/" : "role/") + "%03d".formatted(i))
            .map(start -> start + "x".repeat(200 - start.length()))
            .toList();

    @Test
    void aCallerWhoIsExcludedIsLeftOutAndNobodyElseIs() throws Exception {
        UncountedCallers callers = new UncountedCallers(List.of(SCANNER), List.of(MARY));

        assertFalse(takes(callers, "scanner"));
        assertFalse(takes(callers, "iam-user"));
        for (String other : List.of("node-role", "root", "service", "other-account", "irsa", "role-with-path")) {
            assertTrue(takes(callers, other), other);
        }
    }

    @Test
    void withoutExcludedUsersEveryUserIsTaken() throws Exception {
        assertTrue(takes(new UncountedCallers(List.of(SCANNER), List.of()), "iam-user"));
    }

    /** Why the pattern says that the field may be missing. */
    @Test
    void anythingButAloneWouldLeaveOutEveryCallerWithoutTheField() throws Exception {
        String strict = json(EventPatterns.pulls(
                        List.of("docker-hub"), new UncountedCallers(List.of(SCANNER), List.of())))
                .replace("{\"exists\":false},", "");

        assertTrue(matches(strict, event("node-role")));
        assertFalse(matches(strict, event("iam-user")));
        assertFalse(matches(strict, event("service")));
    }

    @Test
    void aSessionIsNotExcludedByANameThatOnlyBeginsTheSame() throws Exception {
        UncountedCallers callers = new UncountedCallers(List.of(SCANNER.replace("scanner", "scan")), List.of());

        assertTrue(takes(callers, "scanner"));
    }

    @Test
    void ownRolesThatFetchAndEcrsAreAlwaysLeftOut() {
        UncountedCallers callers = UncountedCallers.of(deployment(List.of("quay"), LONG_ARNS));

        assertEquals(
                List.of("WarmWorker", "LifecycleWorker"),
                callers.roles().stream()
                        .limit(2)
                        .map(arn -> arn.replace(
                                "arn:aws:iam::111122223333:role/thirty-one-characters-of-a-name-" + "ap-southeast-2-",
                                ""))
                        .toList());
        assertEquals(
                "arn:aws:iam::111122223333:role/aws-service-role/pullthroughcache.ecr.amazonaws.com/"
                        + "AWSServiceRoleForECRPullThroughCache",
                callers.roles().get(2));
    }

    @Test
    void asManyExcludedPrincipalsAsFitAreLeftOutInTheFilesOrder() throws Exception {
        UncountedCallers few = UncountedCallers.of(deployment(List.of("quay", "docker-hub"), LONG_ARNS));
        List<String> many = IntStream.range(0, 50)
                .mapToObj("prefix-of-thirty-characters-%02d"::formatted)
                .toList();
        UncountedCallers crowded = UncountedCallers.of(deployment(many, LONG_ARNS));

        assertEquals(List.of(LONG_ARNS.get(0)), few.users().subList(0, 1));
        assertTrue(configured(few).size() >= 2, configured(few).toString());
        for (UncountedCallers callers : List.of(few, crowded)) {
            List<String> chosen = configured(callers);
            assertEquals(LONG_ARNS.stream().limit(chosen.size()).collect(Collectors.toSet()), Set.copyOf(chosen));
        }
        assertRulesFit(List.of("quay", "docker-hub"), few);
        assertRulesFit(many, crowded);
    }

    @Test
    void shortOnesAfterALongOneThatDoesNotFitStillGoIn() {
        List<String> exclude =
                Stream.concat(LONG_ARNS.stream(), Stream.of(SCANNER)).toList();

        UncountedCallers callers = UncountedCallers.of(deployment(List.of("quay"), exclude));

        assertTrue(callers.roles().contains(SCANNER));
        assertEquals(callers, UncountedCallers.of(deployment(List.of("quay"), exclude)));
    }

    private static void assertRulesFit(List<String> prefixes, UncountedCallers callers) throws Exception {
        List<List<String>> groups = RuleSize.split(prefixes, group -> EventPatterns.pulls(group, callers));
        assertTrue(groups.size() <= 5, groups.toString());
        assertEquals(prefixes, groups.stream().flatMap(List::stream).toList());
        for (List<String> group : groups) {
            Map<String, Object> pattern = EventPatterns.pulls(group, callers);
            assertTrue(json(pattern).length() <= RuleSize.PATTERN_CHARACTERS, json(pattern));
            assertEquals(json(pattern).length(), RuleSize.characters(pattern));
            assertNull(JsonRuleCompiler.check(json(pattern)));
        }
    }

    private static List<String> configured(UncountedCallers callers) {
        return Stream.concat(callers.roles().stream().skip(3), callers.users().stream())
                .toList();
    }

    private static boolean takes(UncountedCallers callers, String caller) throws Exception {
        return matches(json(EventPatterns.pulls(List.of("docker-hub"), callers)), event(caller));
    }

    private static boolean matches(String pattern, String event) throws Exception {
        Machine machine = Machine.builder().build();
        machine.addRule("pulls", pattern);
        return !machine.rulesForJSONEvent(event).isEmpty();
    }

    private static String event(String caller) {
        return TestEvents.json("cloudtrail/batch-get-image-" + caller + ".json");
    }

    private static String json(Map<String, Object> pattern) throws JsonProcessingException {
        return JSON.writeValueAsString(pattern);
    }

    private static Deployment deployment(List<String> prefixes, List<String> exclude) {
        String upstreams =
                prefixes.stream().map("  %s: { registry: quay }\n"::formatted).collect(Collectors.joining());
        LarderConfig file = ConfigFile.parse("""
                name: thirty-one-characters-of-a-name
                cells: [{ account: "111122223333", region: ap-southeast-2 }]
                upstreams:
                """ + upstreams, "larder.yaml", Target.ACCOUNT);
        // more than a file may have: a function's environment has less room than the patterns
        Usage usage = new Usage(file.usage().halfLife(), exclude);
        LarderConfig config = new LarderConfig(
                file.name(), file.cells(), file.upstreams(), usage, file.warm(), file.lifecycle(), file.repositories());
        return new Deployment(config, new Cell("111122223333", "ap-southeast-2"), Code.fromInline("-"));
    }
}
