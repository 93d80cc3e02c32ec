package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.Digest;
import dev.larder.functions.Messages;
import java.time.Instant;
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
        ImageDay day = fixture.day(NGINX, UsageFixture.TODAY);
        assertEquals(Map.of(NODE, 1L, "arn:aws:iam::111122223333:user/mary", 1L), day.by());
        assertEquals(Optional.of(PULLED), day.lastPulledAt());
        assertEquals(Map.of("node/i-053374f60a4d79830", 1L), day.workloads());
        assertEquals(
                1,
                fixture.day("docker-hub/library/alpine:3.22", UsageFixture.TODAY)
                        .pulls());
    }

    @Test
    void aSecondDeliveryChangesNothing() {
        var batch = Messages.files(
                "cloudtrail/batch-get-image-node-role.json",
                "cloudtrail/batch-get-image-several.json",
                "cloudtrail/batch-get-image-node-role.json");
        fixture.deliver(batch);
        ImageDay once = fixture.day(NGINX, UsageFixture.TODAY);
        fixture.deliver(batch);
        assertEquals(Map.of(NODE, 2L), once.by());
        assertEquals(once, fixture.day(NGINX, UsageFixture.TODAY));
    }

    @Test
    void whatIsNoPullIsDroppedWithoutFailing() {
        var response = fixture.deliver(Messages.files(
                "cloudtrail/batch-get-image-own-role.json",
                "cloudtrail/batch-get-image-scanner.json",
                "cloudtrail/batch-get-image-service-linked-role.json",
                "cloudtrail/batch-get-image-not-cached.json",
                "cloudtrail/get-download-url-for-layer.json",
                "ignored/call-not-used.json",
                "ecr/image-action-push.json"));
        assertEquals(List.of(), Messages.failed(response));
        assertEquals(ImageDay.NONE, fixture.day(NGINX, UsageFixture.TODAY));
    }

    @Test
    void aCallThatFailedIsCountedApartWithItsReason() {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-access-denied.json"));
        ImageDay day = fixture.day(NGINX, UsageFixture.TODAY);
        assertEquals(0, day.pulls());
        assertEquals(Map.of("AccessDenied", 1L), day.failed());
    }

    @Test
    void oneBadRecordNeverCostsAnotherItsCount() {
        var response = fixture.deliver(Messages.files(
                "malformed/not-json.json",
                "cloudtrail/batch-get-image-node-role.json",
                "malformed/batch-get-image-without-event-id.json",
                "malformed/batch-get-image-parameters-are-null.json",
                "cloudtrail/batch-get-image-iam-user.json"));
        assertEquals(List.of("0", "2", "3"), Messages.failed(response));
        assertEquals(2, fixture.day(NGINX, UsageFixture.TODAY).pulls());
    }

    @Test
    void onlyTheMessagesOfAnHourThatCouldNotBeLoggedComeAgain() {
        UsageLog broken = new UsageLogs.Delegating(fixture.log) {
            @Override
            public void append(LogHour hour, List<Fact> facts, Instant now) {
                if (hour.toString().endsWith("T09")) {
                    throw new IllegalStateException("the table is not there");
                }
                super.append(hour, facts, now);
            }
        };
        var batch = Messages.of(List.of(
                Messages.pull("docker-hub/library/nginx", "1.27", "eks-node", "one", PULLED),
                Messages.pull("docker-hub/library/nginx", "1.27", "eks-node", "two", PULLED.minusSeconds(3600))));
        assertEquals(List.of("1"), Messages.failed(fixture.recorder(broken).handleRequest(batch, null)));
        assertEquals(List.of(), Messages.failed(fixture.deliver(batch)));
        assertEquals(2, fixture.day(NGINX, UsageFixture.TODAY).pulls());
    }

    @Test
    void aPullByDigestCountsForTheTagThatPointsThere() {
        fixture.images.imported(UsageFixture.tag(NGINX), INDEX, PULLED.minusSeconds(3600));
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-node-role-by-digest.json"));
        ImageDay tag = fixture.day(NGINX, UsageFixture.TODAY);
        assertEquals(Map.of(NODE, 1L), tag.by());
        assertEquals(1, tag.byDigest());
        assertEquals(
                1,
                fixture.day("docker-hub/library/nginx@" + INDEX, UsageFixture.TODAY)
                        .pulls());
    }

    @Test
    void theRecordIsCompleteSinceTheFirstCallOfEachUpstreamEverSeen() {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-own-role.json"));
        fixture.now = UsageFixture.NOW.plusSeconds(3_600);
        fixture.recorder(fixture.log).handleRequest(Messages.files("cloudtrail/batch-get-image-node-role.json"), null);
        assertEquals(Optional.of(UsageFixture.NOW), fixture.state.completeSince("docker-hub"));
        assertEquals(Optional.empty(), fixture.state.completeSince("quay"));
    }

    @Test
    void aBatchOfAnySizeFitsIntoItems() {
        List<String> bodies = IntStream.range(0, 12_000)
                .mapToObj(i -> Messages.pull("docker-hub/library/nginx", "1." + i, "node-" + i, "id-" + i, PULLED))
                .toList();
        assertEquals(List.of(), Messages.failed(fixture.deliver(Messages.of(bodies))));
        assertEquals(12_000, fixture.log.read(LogHour.of(PULLED)).size());
    }
}
