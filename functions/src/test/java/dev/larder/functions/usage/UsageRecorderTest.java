package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Pull;
import dev.larder.domain.usage.Tally;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.Messages;
import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Item;
import dev.larder.functions.table.Key;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageRecorderTest {
    private static final String NODE = "arn:aws:iam::111122223333:role/eks-node";
    private static final String NGINX = "docker-hub/library/nginx:1.27";
    private static final Instant PULLED = Instant.parse("2026-11-24T10:16:00Z");
    private static final Digest INDEX = new Digest("sha256:" + "a1".repeat(32));

    private final UsageFixture fixture = new UsageFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPullIsRecordedForItsImageAndPrincipal() {
        var response = fixture.deliver(Messages.files(
                "cloudtrail/batch-get-image-node-role.json",
                "cloudtrail/batch-get-image-iam-user.json",
                "cloudtrail/batch-get-image-role-with-path.json"));
        assertEquals(List.of(), Messages.failed(response));
        assertEquals(
                Map.of(NODE, 1L, "arn:aws:iam::111122223333:user/mary", 1L),
                fixture.bucketsOf(NGINX, UsageFixture.TODAY));
        assertEquals(2, fixture.tally(NGINX).pulls());
        assertEquals(Optional.of(PULLED), fixture.tally(NGINX).lastPulledAt());
        assertEquals(1, fixture.tally("docker-hub/library/alpine:3.22").pulls());
        assertEquals(
                List.of(NGINX, "docker-hub/library/alpine:3.22"),
                fixture.images.popular("docker-hub", 5).stream()
                        .map(image -> image.image().toString())
                        .toList());
    }

    @Test
    void aSecondDeliveryChangesNothing() {
        var batch = Messages.files(
                "cloudtrail/batch-get-image-node-role.json",
                "cloudtrail/batch-get-image-several.json",
                "cloudtrail/batch-get-image-node-role.json");
        fixture.deliver(batch);
        Map<String, Long> buckets = fixture.bucketsOf(NGINX, UsageFixture.TODAY);
        Tally tally = fixture.tally(NGINX);
        fixture.deliver(batch);
        assertEquals(Map.of(NODE, 2L), buckets);
        assertEquals(buckets, fixture.bucketsOf(NGINX, UsageFixture.TODAY));
        assertEquals(tally, fixture.tally(NGINX));
    }

    @Test
    void whatIsNoPullIsDroppedWithoutFailing() {
        var response = fixture.deliver(Messages.files(
                "cloudtrail/batch-get-image-own-role.json",
                "cloudtrail/batch-get-image-scanner.json",
                "cloudtrail/batch-get-image-service-linked-role.json",
                "cloudtrail/batch-get-image-access-denied.json",
                "cloudtrail/batch-get-image-not-cached.json",
                "cloudtrail/get-download-url-for-layer.json",
                "ignored/call-not-used.json",
                "ecr/image-action-push.json"));
        assertEquals(List.of(), Messages.failed(response));
        assertEquals(Map.of(), fixture.bucketsOf(NGINX, UsageFixture.TODAY));
        assertEquals(Tally.NONE, fixture.tally(NGINX));
    }

    @Test
    void onlyTheBrokenMessagesOfABatchComeAgain() {
        var response = fixture.deliver(Messages.files(
                "malformed/not-json.json",
                "cloudtrail/batch-get-image-node-role.json",
                "malformed/batch-get-image-without-event-id.json"));
        assertEquals(List.of("0", "2"), Messages.failed(response));
        assertEquals(Map.of(NODE, 1L), fixture.bucketsOf(NGINX, UsageFixture.TODAY));
    }

    @Test
    void onlyTheMessagesOfAnImageThatCouldNotBeRecordedComeAgain() {
        UsageRecords broken = new UsageRecords() {
            @Override
            public void begin(Instant now) {}

            @Override
            public List<Pull> add(ImageReference image, List<Pull> pulls) {
                if (image.repository().value().endsWith("alpine")) {
                    throw new IllegalStateException("the table is not there");
                }
                return fixture.records.add(image, pulls);
            }

            @Override
            public boolean addCold(Tagged image, EventHash event, Instant time) {
                return fixture.records.addCold(image, event, time);
            }

            @Override
            public void note(ImageReference image, LocalDate day) {
                fixture.records.note(image, day);
            }
        };
        var batch = Messages.files(
                "cloudtrail/batch-get-image-node-role.json", "cloudtrail/batch-get-image-role-with-path.json");
        assertEquals(List.of("1"), Messages.failed(fixture.recorder(broken).handleRequest(batch, null)));
        assertEquals(List.of(), Messages.failed(fixture.deliver(batch)));
        assertEquals(1, fixture.tally(NGINX).pulls());
        assertEquals(1, fixture.tally("docker-hub/library/alpine:3.22").pulls());
    }

    @Test
    void aDigestOfAKnownTagCountsNothingAndIsProtected() {
        Tagged nginx = (Tagged) ImageReference.parse(NGINX);
        fixture.images.imported(nginx, INDEX, UsageFixture.NOW);
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-node-role-by-digest.json"));
        assertEquals(
                Map.of(), fixture.bucketsOf(new Digested(nginx.repository(), INDEX).toString(), UsageFixture.TODAY));
        assertEquals(
                Optional.of(Instant.parse("2026-11-24T10:16:01Z")),
                fixture.images.manifest(nginx.repository(), INDEX).orElseThrow().lastPulledAt());
    }

    @Test
    void aDigestThatNoTagIsKnownForCountsByItself() {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-node-role-by-digest.json"));
        String image = "docker-hub/library/nginx@" + INDEX;
        assertEquals(Map.of(NODE, 1L), fixture.bucketsOf(image, UsageFixture.TODAY));
        assertEquals(1, fixture.tally(image).pulls());
        assertEquals(List.of(), fixture.images.popular("docker-hub", 5));
    }

    @Test
    void theRecordIsCompleteSinceTheFirstCallEverSeen() {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-own-role.json"));
        fixture.now = UsageFixture.NOW.plusSeconds(3_600);
        fixture.recorder(fixture.records)
                .handleRequest(Messages.files("cloudtrail/batch-get-image-node-role.json"), null);
        Item since = fixture.local.table().get(Key.USAGE_SINCE).orElseThrow();
        assertEquals(Optional.of(UsageFixture.NOW), since.instant(Attributes.COMPLETE_SINCE));
    }

    @Test
    void manyPrincipalsInTenSecondsFitIntoTheUpdate() {
        List<String> bodies = IntStream.range(0, 250)
                .mapToObj(i -> Messages.pull("docker-hub/library/nginx", "1.27", "node-" + i, "id-" + i, PULLED))
                .toList();
        assertEquals(List.of(), Messages.failed(fixture.deliver(Messages.of(bodies))));
        assertEquals(250, fixture.bucketsOf(NGINX, UsageFixture.TODAY).size());
        assertEquals(250, fixture.tally(NGINX).pulls());
    }
}
