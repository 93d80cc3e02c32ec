package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.PullDecision.Logged;
import dev.larder.domain.usage.PullDecision.NoPull;
import dev.larder.events.ApiCall.BatchGetImage;
import dev.larder.events.EventParser;
import dev.larder.events.MalformedEventException;
import dev.larder.testevents.TestEvents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PullRulesTest {
    private static final String NODE = "arn:aws:iam::111122223333:role/eks-node";
    private static final String NGINX = "docker-hub/library/nginx";
    private static final PullRules RULES = new PullRules(
            Set.of("docker-hub", "quay"),
            Set.of("platform-cache-eu-central-1-WarmWorker"),
            Set.of("arn:aws:iam::111122223333:role/scanner"));

    /** File to what goes into the log of it. */
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("node-role", NGINX + ":1.27 by " + NODE),
            Map.entry("node-role-by-digest", NGINX + "@sha256:" + "a1".repeat(32) + " by " + NODE),
            Map.entry("node-role-child", NGINX + "@sha256:" + "b2".repeat(32) + " by " + NODE),
            Map.entry("role-with-path", "docker-hub/library/alpine:3.22 by arn:aws:iam::111122223333:role/ci/builder"),
            Map.entry("iam-user", NGINX + ":1.27 by arn:aws:iam::111122223333:user/mary"),
            Map.entry("root", NGINX + ":1.27 by arn:aws:iam::111122223333:root"),
            Map.entry("irsa", NGINX + ":1.27 by arn:aws:iam::111122223333:role/kaniko"),
            Map.entry("pod-identity", NGINX + ":1.27 by arn:aws:iam::111122223333:role/build-pods"),
            Map.entry("other-account", NGINX + ":1.27 by 444455556666"),
            Map.entry("service", NGINX + ":1.27 by lambda.amazonaws.com"),
            Map.entry("service-linked-role", "no: ECR itself made it"),
            Map.entry(
                    "own-role",
                    "no: Larder made it, as arn:aws:iam::111122223333:role/platform-cache-eu-central-1-WarmWorker"),
            Map.entry("scanner", "no: arn:aws:iam::111122223333:role/scanner is excluded"),
            Map.entry("access-denied", NGINX + ":1.27 by " + NODE + " failed: AccessDenied"),
            Map.entry(
                    "repository-not-found",
                    "docker-hub/library/nope:1.27 by " + NODE + " failed: RepositoryNotFoundException"),
            Map.entry("not-cached", "no: team/service is under no cache rule"),
            Map.entry("user", "no: testrepo is under no cache rule"),
            Map.entry("ecs-task", NGINX + ":1.27 by arn:aws:iam::111122223333:role/ecsTaskExecutionRole"),
            Map.entry("other-account-role", NGINX + ":1.27 by arn:aws:iam::444455556666:role/eks-node"),
            Map.entry("aws-internal", NGINX + ":1.27 by " + NODE),
            Map.entry("aws-internal-no-arn", NGINX + ":1.27 by 111122223333"),
            Map.entry("without-type", NGINX + ":1.27 by " + NODE),
            Map.entry("hidden-names", NGINX + ":1.27 by 111122223333"),
            Map.entry("anonymous", NGINX + ":1.27 by unknown"),
            Map.entry("new-fields", NGINX + ":1.27 by " + NODE),
            Map.entry("fraction", NGINX + ":1.27 by " + NODE),
            Map.entry("tag-and-digest", NGINX + ":1.27 by " + NODE),
            Map.entry(
                    "hundred",
                    IntStream.range(0, 100)
                            .mapToObj(minor -> NGINX + ":1." + minor + " by " + NODE)
                            .collect(Collectors.joining("; "))),
            Map.entry(
                    "too-many",
                    IntStream.rangeClosed(0, 100)
                            .mapToObj(minor ->
                                    NGINX + ":1." + minor + " by " + NODE + " failed: InvalidParameterException")
                            .collect(Collectors.joining("; "))),
            Map.entry("some-invalid", NGINX + ":1.27 by " + NODE),
            Map.entry(
                    "several",
                    NGINX + ":1.27 by " + NODE + "; " + NGINX + ":1.26 by " + NODE + "; " + NGINX + "@sha256:"
                            + "d4".repeat(32) + " by " + NODE + "; " + NGINX + ":stable by " + NODE));

    @Test
    void eachKindOfCallerIsCountedOrNot() {
        List<String> files = TestEvents.names().stream()
                .filter(name -> name.startsWith("cloudtrail/batch-get-image-"))
                .toList();
        assertEquals(CALLS.size(), files.size());
        for (String file : files) {
            String name = file.substring("cloudtrail/batch-get-image-".length(), file.length() - ".json".length());
            assertEquals(CALLS.get(name), describe(RULES.decide(call(file))), file);
        }
    }

    @Test
    void theSameTagTwiceInACallIsOnePull() {
        BatchGetImage once = call("cloudtrail/batch-get-image-node-role.json");
        BatchGetImage twice = new BatchGetImage(
                once.call(),
                once.repository(),
                List.of(once.imageIds().getFirst(), once.imageIds().getFirst()));
        assertEquals(RULES.decide(once), RULES.decide(twice));
    }

    private static BatchGetImage call(String file) {
        try {
            return (BatchGetImage) EventParser.parse(TestEvents.json(file));
        } catch (MalformedEventException e) {
            throw new AssertionError(file, e);
        }
    }

    private static String describe(PullDecision decision) {
        return switch (decision) {
            case Logged(List<Fetch> fetches) ->
                fetches.stream()
                        .map(fetch -> fetch.image() + " by " + fetch.caller().principal()
                                + fetch.error().map(code -> " failed: " + code).orElse(""))
                        .collect(Collectors.joining("; "));
            case NoPull(String reason) -> "no: " + reason;
        };
    }
}
