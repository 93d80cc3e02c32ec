package dev.larder.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.testevents.TestEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of every record of a pull that is under test-events: counted, failed, ignored or a dead letter. */
class OutcomesTest {
    private static final Set<String> NO_JSON = Set.of("malformed/empty.json", "malformed/not-json.json");
    private static final String NODE_ROLE = "cloudtrail/batch-get-image-node-role.json";

    /** A call that is counted has its images and the caller behind it; whose calls are not pulls, the domain says. */
    private static final String OUTCOMES = """
            cloudtrail/batch-get-image-access-denied.json          failed: AccessDenied
            cloudtrail/batch-get-image-anonymous.json              counted: 1 by unknown
            cloudtrail/batch-get-image-aws-internal-no-arn.json    counted: 1 by 111122223333
            cloudtrail/batch-get-image-aws-internal.json           counted: 1 by eks-node
            cloudtrail/batch-get-image-ecs-task.json               counted: 1 by ecsTaskExecutionRole
            cloudtrail/batch-get-image-fraction.json               counted: 1 by eks-node
            cloudtrail/batch-get-image-hidden-names.json           counted: 1 by 111122223333
            cloudtrail/batch-get-image-hundred.json                counted: 100 by eks-node
            cloudtrail/batch-get-image-iam-user.json               counted: 1 by mary
            cloudtrail/batch-get-image-irsa.json                   counted: 1 by kaniko
            cloudtrail/batch-get-image-new-fields.json             counted: 1 by eks-node
            cloudtrail/batch-get-image-node-role-by-digest.json    counted: 1 by eks-node
            cloudtrail/batch-get-image-node-role-child.json        counted: 1 by eks-node
            cloudtrail/batch-get-image-node-role.json              counted: 1 by eks-node
            cloudtrail/batch-get-image-not-cached.json             counted: 1 by eks-node
            cloudtrail/batch-get-image-other-account-role.json     counted: 1 by eks-node
            cloudtrail/batch-get-image-other-account.json          counted: 1 by 444455556666
            cloudtrail/batch-get-image-own-role.json               counted: 1 by platform-cache-eu-central-1-WarmWorker
            cloudtrail/batch-get-image-pod-identity.json           counted: 1 by build-pods
            cloudtrail/batch-get-image-repository-not-found.json   failed: RepositoryNotFoundException
            cloudtrail/batch-get-image-role-with-path.json         counted: 1 by builder
            cloudtrail/batch-get-image-root.json                   counted: 1 by root
            cloudtrail/batch-get-image-scanner.json                counted: 1 by scanner
            cloudtrail/batch-get-image-service-linked-role.json    counted: 1 by AWSServiceRoleForECRPullThroughCache
            cloudtrail/batch-get-image-service.json                counted: 1 by lambda.amazonaws.com
            cloudtrail/batch-get-image-several.json                counted: 4 by eks-node
            cloudtrail/batch-get-image-some-invalid.json           counted: 1 by eks-node
            cloudtrail/batch-get-image-tag-and-digest.json         counted: 1 by eks-node
            cloudtrail/batch-get-image-too-many.json               failed: InvalidParameterException
            cloudtrail/batch-get-image-user.json                   counted: 1 by Mary_Major
            cloudtrail/batch-get-image-without-type.json           counted: 1 by eks-node
            ignored/call-failed-with-invalid-name.json             ignored
            ignored/call-failed-with-text-parameters.json          ignored
            ignored/call-failed-without-image-ids.json             ignored
            ignored/call-failed-without-parameters.json            ignored
            ignored/pull-of-nothing-valid.json                     ignored
            malformed/batch-get-image-empty-image-ids.json         dead letter: $.detail.requestParameters.imageIds
            malformed/batch-get-image-event-time.json              dead letter: $.detail.eventTime
            malformed/batch-get-image-ids-are-texts.json           dead letter: $.detail.requestParameters.imageIds[0]
            malformed/batch-get-image-parameters-are-null.json     dead letter: $.detail.requestParameters
            malformed/batch-get-image-parameters-are-text.json     dead letter: $.detail.requestParameters
            malformed/batch-get-image-without-event-id.json        dead letter: $.detail.eventID
            malformed/batch-get-image-without-identity.json        dead letter: $.detail.userIdentity
            malformed/batch-get-image-without-image-ids.json       dead letter: $.detail.requestParameters.imageIds
            malformed/batch-get-image-without-parameters.json      dead letter: $.detail.requestParameters
            malformed/empty.json                                   dead letter: $
            malformed/not-json.json                                dead letter: $
            """;

    @Test
    void everyRecordOfAPullHasAnOutcome() {
        String found = TestEvents.names().stream()
                .filter(OutcomesTest::isOfAPull)
                .sorted()
                .map(name -> String.format("%-54s %s\n", name, outcome(TestEvents.json(name))))
                .collect(Collectors.joining());
        assertEquals(OUTCOMES, found);
    }

    /** A message of SQS had at most 256 KiB once, and has 1 MiB now. */
    @ParameterizedTest
    @ValueSource(ints = {256 * 1024, 1024 * 1024})
    void aBodyOfTheLargestSizeIsCounted(int bytes) throws Exception {
        String small = TestEvents.json(NODE_ROLE);
        String agent = "\"userAgent\": \"ecr.amazonaws.com";
        String large = small.replace(agent, agent + "x".repeat(bytes - small.length()));
        assertEquals(bytes, large.getBytes(StandardCharsets.UTF_8).length);
        assertEquals("counted: 1 by eks-node", outcome(large));
    }

    @Test
    void aBodyOfTheLargestSizeThatIsCutOffIsADeadLetterWithAShortMessage() {
        String large = TestEvents.json(NODE_ROLE).replace("ecr.amazonaws.com", "x".repeat(256 * 1024));
        assertEquals("dead letter: $", outcome(large.substring(0, 256 * 1024)));
        assertTrue(Outcome.of(large.substring(0, 256 * 1024)).length() < 400);
    }

    /** ECR refuses more than 100 today; should it take more one day, none is lost. */
    @Test
    void moreThanAHundredImagesAreAllCounted() {
        String ids = IntStream.range(0, 5000)
                .mapToObj(minor -> "{\"imageTag\": \"1." + minor + "\"}")
                .collect(Collectors.joining(","));
        String many = TestEvents.json(NODE_ROLE).replaceFirst("\\{\\s*\"imageTag\": \"1.27\"\\s*}", ids);
        assertEquals("counted: 5000 by eks-node", outcome(many));
    }

    @Property
    void aMemberThatNobodyKnowsChangesNothing(@ForAll("pulls") String name, @ForAll Random random) throws IOException {
        String json = TestEvents.json(name);
        Object added = addOne(JSON.std.anyFrom(json), random);
        assertEquals(Outcome.of(json), Outcome.of(JSON.std.asString(added)));
    }

    @Provide
    Arbitrary<String> pulls() {
        return Arbitraries.of(TestEvents.names().stream()
                .filter(name -> name.startsWith("cloudtrail/") && isOfAPull(name))
                .toList());
    }

    private static boolean isOfAPull(String name) {
        return TestEvents.json(name).contains("\"BatchGetImage\"") || NO_JSON.contains(name);
    }

    private static String outcome(String json) {
        try {
            return switch (EventParser.parse(json)) {
                case BatchGetImage pull
                when pull.call().succeeded() -> {
                    String caller = pull.call().principal().countedAs();
                    yield "counted: " + pull.imageIds().size() + " by "
                            + caller.substring(Math.max(caller.lastIndexOf('/'), caller.lastIndexOf(':')) + 1);
                }
                case BatchGetImage failed ->
                    "failed: " + failed.call().errorCode().orElseThrow();
                case Ignored _ -> "ignored";
                case Event other -> "no pull: " + other;
            };
        } catch (MalformedEventException broken) {
            return "dead letter: " + broken.path();
        }
    }

    /** Walks down at random and adds a member to the object where it stops. */
    private static Object addOne(Object node, Random random) {
        if (node instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int index = random.nextInt(copy.size());
            copy.set(index, addOne(copy.get(index), random));
            return copy;
        }
        if (!(node instanceof Map<?, ?> object)) {
            return node;
        }
        Map<Object, Object> copy = new HashMap<>(object);
        List<Object> inner = new ArrayList<>(copy.keySet());
        inner.removeIf(key -> !(copy.get(key) instanceof Map<?, ?> || copy.get(key) instanceof List<?>));
        if (inner.isEmpty() || random.nextInt(4) == 0) {
            copy.put("polish", List.of(Map.of("imageTag", "9.9"), 1, "x"));
        } else {
            Object key = inner.get(random.nextInt(inner.size()));
            copy.put(key, addOne(copy.get(key), random));
        }
        return copy;
    }
}
