package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.bus.WarmOrders;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Run;
import dev.larder.functions.lifecycle.Undo;
import dev.larder.functions.table.DynamoDbImageRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoryCreationTemplatesResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.RCTAppliedFor;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;

/** What nobody expects in a registry: a sweep goes over it all the same. */
class BadInputIT extends SweptCloud {
    private static final String THEIR_POLICY = "{\"rules\":[{\"rulePriority\":9,\"selection\":{\"tagStatus\":\"any\","
            + "\"countType\":\"imageCountMoreThan\",\"countNumber\":900},\"action\":{\"type\":\"expire\"}}]}";

    /** What the description says makes a rule Larder's. */
    private static final String OUR_POLICY =
            THEIR_POLICY.replace("\"rulePriority\":9", "\"rulePriority\":9,\"description\":\"larder: leftovers\"");

    private static final String OUR_STATEMENT = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"LarderPull\","
            + "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:BatchGetImage\"}]}";

    @Test
    void aRepositoryThatIsDeletedBetweenPlanAndEvictionIsPassedOverAndTheOthersGo() {
        push("gone/a", "1");
        push("gone/b", "1");
        beforeEvictions = () ->
                ecr.deleteRepository(delete -> delete.repositoryName("gone/a").force(true));
        assertEquals(Map.of("evicted", 1L), sweep("gone", true).counts());
        assertEquals(Set.of(), left("gone/b"));
    }

    @Test
    void aThousandTagsOnOneImageGoWithItAndUndoOrdersEachOfThem() {
        List<String> tags = IntStream.range(0, 1_000)
                .mapToObj(number -> String.format("%04d-", number) + "t".repeat(123))
                .toList();
        Digest image = push("tags/app", tags.getFirst());
        String content = content(0);
        tags.stream()
                .skip(1)
                .forEach(tag -> ecr.putImage(put -> put.repositoryName("tags/app")
                        .imageTag(tag)
                        .imageManifestMediaType(INDEX)
                        .imageManifest(content)));
        Run run = sweep("tags", true);
        assertEquals(Map.of("evicted", 1L), run.counts());
        assertEquals(Set.of(), left("tags/app"));
        DynamoDbTombstones tombstones = new DynamoDbTombstones(table);
        assertEquals(
                1_000,
                tombstones
                        .get(new RepositoryName("tags/app"), tags.getLast())
                        .filter(grave -> grave.digest().equals(image))
                        .orElseThrow()
                        .tags()
                        .size());
        List<WarmOrder> orders = new ArrayList<>();
        new Undo(
                        runs,
                        tombstones,
                        new DynamoDbImageRecords(dynamoDb, InUseTest.TABLE),
                        into(orders),
                        Stream::empty,
                        this::now)
                .run(run.id());
        assertEquals(
                tags.stream().map(tag -> "tags/app:" + tag).collect(Collectors.toSet()),
                orders.stream()
                        .map(order -> order.by()
                                .map(tag -> "tags/app:" + tag)
                                .orElse(order.image().toString()))
                        .collect(Collectors.toSet()));
    }

    private static WarmOrders into(List<WarmOrder> orders) {
        return new WarmOrders() {
            @Override
            public void send(List<WarmOrder> sent) {
                orders.addAll(sent);
            }

            @Override
            public void later(WarmOrder order, Duration delay) {
                throw new IllegalStateException(order + " was put off");
            }
        };
    }

    @Test
    void anIndexOfIndexesGoesFromTheOutsideIn() {
        Digest inner = push("deep/app", null);
        Digest middle = push("deep/app", null, inner);
        push("deep/app", "1", middle);
        assertEquals(Map.of("evicted", 3L), sweep("deep", true).counts());
        assertEquals(Set.of(), left("deep/app"));
    }

    @Test
    void immutableTagsAreNoObstacle() {
        ecr.createRepository(
                create -> create.repositoryName("fixed/app").imageTagMutability(ImageTagMutability.IMMUTABLE));
        push("fixed/app", "1");
        assertEquals(Map.of("evicted", 1L), sweep("fixed", true).counts());
        assertEquals(Set.of(), left("fixed/app"));
    }

    @Test
    void aPolicyThatEcrRejectsIsToldAndTheSweepGoesOn() {
        push("rejected/app", "1");
        wanting("rejected", OUR_POLICY.replace("900", "0"), "{\"Statement\":[]}");
        assertEquals(
                Map.of("evicted", 1L, "drift failed", 1L),
                sweep("rejected", true).counts());
        assertEquals(Set.of(), left("rejected/app"));
    }

    @Test
    void policiesThatAreNotJsonStayAsTheyAreAndTheSweepGoesOn() {
        push("prose/app", "1");
        ecr.putLifecyclePolicy(put -> put.repositoryName("prose/app").lifecyclePolicyText(THEIR_POLICY));
        String theirs = "{\"Statement\":[{\"Sid\":\"mine\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"ecr:PutImage\"}]}";
        ecr.setRepositoryPolicy(set -> set.repositoryName("prose/app").policyText(theirs));
        wanting("prose", OUR_POLICY, OUR_STATEMENT);
        assertEquals(
                Map.of("evicted", 1L, "drift conflicts", 2L),
                sweep("prose", true).counts());
        assertEquals(
                THEIR_POLICY,
                ecr.getLifecyclePolicy(get -> get.repositoryName("prose/app")).lifecyclePolicyText());
        assertEquals(
                theirs,
                ecr.getRepositoryPolicy(get -> get.repositoryName("prose/app")).policyText());
    }

    /** A template that wants the policies; what the repository has is told as prose. */
    private static void wanting(String prefix, String policy, String statements) {
        TOLD.by(answer -> switch (answer) {
            case DescribeRepositoryCreationTemplatesResponse templates ->
                templates.toBuilder()
                        .repositoryCreationTemplates(RepositoryCreationTemplate.builder()
                                .prefix(prefix)
                                .appliedFor(RCTAppliedFor.PULL_THROUGH_CACHE)
                                .lifecyclePolicy(policy)
                                .repositoryPolicy(statements)
                                .build())
                        .build();
            case GetLifecyclePolicyResponse found ->
                found.toBuilder().lifecyclePolicyText("see the wiki").build();
            case GetRepositoryPolicyResponse found ->
                found.toBuilder().policyText("see the wiki").build();
            default -> answer;
        });
    }

    @Test
    void aHundredThousandImagesInOneRepositoryArePlanned() {
        push("many/app", "1");
        Instant then = cloud.now();
        int[] page = {0};
        TOLD.by(answer -> {
            if (!(answer instanceof DescribeImagesResponse)) {
                return answer;
            }
            int first = page[0] * 1_000;
            page[0] = (page[0] + 1) % 100;
            return DescribeImagesResponse.builder()
                    .imageDetails(IntStream.range(first, first + 1_000)
                            .mapToObj(number -> ImageDetail.builder()
                                    .imageDigest("sha256:" + String.format("%064x", number))
                                    .imageTags("t" + number)
                                    .imageManifestMediaType("application/vnd.oci.image.manifest.v1+json")
                                    .imageSizeInBytes(1L)
                                    .imagePushedAt(then)
                                    .build())
                            .toList())
                    .nextToken(page[0] == 0 ? null : ToldOtherwise.MORE)
                    .build();
        });
        Run run = sweep("many", false);
        assertEquals(1_000L, run.counts().get("evict"), run::toString);
        assertTrue(run.stopped().isPresent(), run::toString);
    }
}
