package dev.larder.functions.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.Fact.Sync;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.PullCounting;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.Messages;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.planning.DynamoDbElsewhere;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.UsageLog;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmLeases;
import dev.larder.testevents.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheEventHandlerTest {
    private static final Instant IMPORTED = Instant.parse("2026-11-24T10:15:30Z");
    private static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Digest INDEX = new Digest("sha256:" + "a1".repeat(32));
    private static final Digest CHILD = new Digest("sha256:" + "b2".repeat(32));
    private static final Digest OLD = new Digest("sha256:" + "d4".repeat(32));
    private static final String SUCCESS = "ecr/pull-through-success-cached.json";

    private final LocalTable local = new LocalTable();
    private final ImageRecords images = new DynamoDbImageRecords(local.client(), LocalTable.NAME);
    private final DynamoDbUpstreamStates states = new DynamoDbUpstreamStates(local.table());
    private final WarmLeases leases = new DynamoDbWarmLeases(local.table());
    private final UsageLog log = new DynamoDbUsageLog(local.table());
    private final RecordingOrders ordered = new RecordingOrders();
    private final List<RepositoryName> created = new ArrayList<>();
    private final CacheEventHandler handler = handler();

    private CacheEventHandler handler() {
        Upstreams upstreams = new Upstreams(List.of(new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of("library/*"),
                Optional.empty())));
        Imports imports = new Imports(
                images,
                new Trips(log, () -> IMPORTED.plusSeconds(5)),
                leases,
                new UpstreamHealth(states),
                ordered,
                List.of(Platform.parse("linux/amd64")));
        return new CacheEventHandler(
                upstreams,
                images,
                leases,
                imports,
                new DynamoDbElsewhere(local.table()),
                created::add,
                () -> IMPORTED.plusSeconds(5));
    }

    private List<Fact> logged() {
        return log.read(LogHour.of(IMPORTED));
    }

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void anImportIsKnownAndAClientsPullOfItIsCold() {
        deliver(SUCCESS);
        var image = images.tagged(NGINX).orElseThrow();
        assertEquals(Optional.of(INDEX), image.digest());
        assertEquals(Optional.of(IMPORTED), image.importedAt());
        assertEquals(Optional.of(IMPORTED), image.checkedAt());
        assertEquals(
                List.of(new Sync(
                        NGINX, EventHash.of("3c7a8b20-0001-4b00-8000-000000000001"), IMPORTED, Optional.empty())),
                logged());
    }

    @Test
    void aSecondDeliveryChangesNothing() {
        deliver(SUCCESS, "ecr/image-action-push-cached-index.json", SUCCESS);
        deliver(SUCCESS);
        assertEquals(1, PullCounting.union(logged()).size());
    }

    @Test
    void anImportThatLarderAskedForIsNotCold() {
        leases.acquire(NGINX, "order-1", IMPORTED.minusSeconds(2));
        deliver(SUCCESS);
        var image = images.tagged(NGINX).orElseThrow();
        assertEquals(List.of(), logged());
        assertEquals(Optional.of(INDEX), image.digest());
        assertEquals(List.of(), ordered.orders());
    }

    @Test
    void anImageThatNobodyHasReadIsOrderedSoThatItsPlatformsBecomeKnown() {
        deliver(SUCCESS);
        assertEquals(
                List.of(WarmOrder.atOnce(
                        "3c7a8b20-0001-4b00-8000-000000000001/" + NGINX,
                        NGINX,
                        WarmReason.MISSING_PLATFORM,
                        List.of(Platform.parse("linux/amd64")),
                        false,
                        IMPORTED)),
                ordered.orders());
    }

    @Test
    void anImageThatIsReadIsNotOrdered() {
        describe(INDEX, Set.of(CHILD));
        deliver(SUCCESS);
        assertEquals(List.of(), ordered.orders());
    }

    @Test
    void theImageThatATagMovesAwayFromKeepsTheTimeOfItsLastPull() {
        images.imported(NGINX, OLD, IMPORTED.minusSeconds(90_000));
        images.pulled(NGINX, IMPORTED.minusSeconds(60));
        deliver(SUCCESS);
        assertEquals(
                Optional.of(IMPORTED.minusSeconds(60)),
                images.manifest(NGINX.repository(), OLD).orElseThrow().lastPulledAt());
    }

    @Test
    void aLimitOfTheUpstreamOpensItsCircuitOnce() {
        deliver("ecr/pull-through-failure-too-many-requests.json");
        deliver("ecr/pull-through-failure-too-many-requests.json");
        UpstreamState state = states.of("docker-hub");
        assertEquals(Circuit.Phase.OPEN, state.circuit().phase(IMPORTED.plusSeconds(1)));
        assertEquals(1, state.circuit().trips());
        assertEquals(Optional.of("UpstreamTooManyRequests"), state.lastFailureCode());
    }

    @Test
    void whatAPodGoesOnFailingToPullHoldsUpNoOtherImage() {
        for (int minute = 0; minute < 60; minute += 5) {
            failed("UpstreamUnavailable", "received unexpected HTTP status: 502 Bad Gateway", minute);
        }
        Circuit circuit = states.of("docker-hub").circuit();
        assertEquals(Circuit.Phase.CLOSED, circuit.phase(IMPORTED.plusSeconds(3600)));
        assertEquals(List.of("docker-hub/library/alpine:3.22"), circuit.suspects());
    }

    @Test
    void whatAPodGoesOnFailingToPullShutsNoHalfOpenCircuit() {
        failed("UpstreamUnavailable", "502", 0);
        failed("UpstreamTooManyRequests", "429", 1);
        Instant halfOpen = states.of("docker-hub").circuit().openUntil().orElseThrow();
        failed("UpstreamUnavailable", "502", 7);
        failed("UpstreamUnavailable", "502", 12);
        assertEquals(Optional.of(halfOpen), states.of("docker-hub").circuit().openUntil());
    }

    @ParameterizedTest
    @CsvSource({
        "SomethingNew, unauthorized: authentication required",
        "UnableToGetUpstreamImageException, it could not be pulled"
    })
    void anUpstreamThatNeedsNoLoginHasNoneThatCouldBeWrong(String code, String reason) {
        failed(code, reason, 0);
        assertEquals(UpstreamState.NEW, states.of("docker-hub"));
    }

    private void failed(String code, String reason, int minute) {
        Instant time = IMPORTED.plus(Duration.ofMinutes(minute));
        String event = TestEvents.json("ecr/pull-through-failure-too-many-requests.json")
                .replaceAll("\"id\": \"[^\"]+\"", "\"id\": \"failure-" + minute + "\"")
                .replaceAll("\"time\": \"[^\"]+\"", "\"time\": \"" + time + "\"")
                .replaceAll("\"failure-code\": \"[^\"]+\"", "\"failure-code\": \"" + code + "\"")
                .replaceAll("\"failure-reason\": \"[^\"]+\"", "\"failure-reason\": \"" + reason + "\"");
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.of(List.of(event)), null)));
    }

    @Test
    void aCheckThatFailedIsNoneAlthoughEcrServedWhatItHad() {
        Tagged alpine = (Tagged) ImageReference.parse("docker-hub/library/alpine:3.22");
        Instant before = IMPORTED.minus(Duration.ofHours(25));
        images.imported(alpine, INDEX, before);
        images.imported(alpine, INDEX, IMPORTED.plusSeconds(1));
        images.warmed(alpine, Optional.empty(), IMPORTED.plusSeconds(1));
        deliver("ecr/pull-through-failure-too-many-requests.json");
        deliver("ecr/pull-through-failure-too-many-requests.json");
        assertEquals(Optional.of(before), images.tagged(alpine).orElseThrow().checkedAt());
        String why = images.warmth(alpine).unverified().orElseThrow();
        assertTrue(why.startsWith("ECR could not check it at " + IMPORTED + ": upstream_limit"), why);
    }

    private void limited(Instant at) {
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "slow down"), at);
    }

    @Test
    void afterALaterSuccessTheCircuitIsClosed() {
        limited(IMPORTED.minusSeconds(600));
        deliver(SUCCESS);
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
    }

    @Test
    void aDeletionForgetsTheTagAndKeepsItsUsage() {
        deliver(SUCCESS, "ecr/image-action-delete-cached.json");
        var image = images.tagged(NGINX).orElseThrow();
        assertEquals(Optional.empty(), image.digest());
        var tagging = images.tagging(NGINX.repository());
        assertTrue(tagging.wasCached(NGINX.tag(), IMPORTED.plusSeconds(60)));
        assertFalse(tagging.wasCached(NGINX.tag(), IMPORTED.plusSeconds(86_400)));
    }

    @Test
    void aManifestThatIsDeletedWithItsLastTagIsForgottenWithIt() {
        Tagged other = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27.3");
        images.imported(NGINX, INDEX, IMPORTED);
        images.imported(other, INDEX, IMPORTED);
        describe(INDEX, Set.of(CHILD));
        describe(CHILD, Set.of());
        deliver("ecr/image-action-delete-cached.json");
        assertTrue(images.manifest(NGINX.repository(), INDEX).isPresent(), "it has another tag");
        String second = TestEvents.json("ecr/image-action-delete-cached.json").replace("\"1.27\"", "\"1.27.3\"");
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.of(List.of(second)), null)));
        assertEquals(Optional.empty(), images.manifest(NGINX.repository(), INDEX));
        assertTrue(images.manifest(NGINX.repository(), CHILD).isPresent(), "nothing was said of it");
    }

    @Test
    void aManifestThatAnIndexListsStaysWhenItsTagGoes() {
        images.imported(NGINX, INDEX, IMPORTED);
        describe(INDEX, Set.of());
        describe(OLD, Set.of(INDEX));
        deliver("ecr/image-action-delete-cached.json");
        assertTrue(images.manifest(NGINX.repository(), INDEX).isPresent());
    }

    @Test
    void aManifestThatWasSeenOrPulledSinceItWasDeletedStays() {
        describe(INDEX, Set.of());
        describe(CHILD, Set.of());
        Instant later = Instant.parse("2026-11-24T11:00:02Z");
        images.warmed(new Digested(NGINX.repository(), INDEX), Optional.empty(), later);
        images.warmed(new Digested(NGINX.repository(), CHILD), Optional.empty(), later);
        deliver("ecr/image-action-delete-cached.json", "ecr/image-action-delete-untagged.json");
        assertTrue(images.manifest(NGINX.repository(), INDEX).isPresent());
        assertTrue(images.manifest(NGINX.repository(), CHILD).isPresent());
    }

    @Test
    void anImportMayHaveBegunBeforeTheLimitThatOpenedTheCircuitAMomentAgo() {
        limited(IMPORTED.minusSeconds(2));
        deliver(SUCCESS);
        assertEquals(Circuit.Phase.OPEN, states.of("docker-hub").circuit().phase(IMPORTED));
    }

    @Test
    void aSuccessEndsARowOfFailuresThatOpenedNoCircuit() {
        new UpstreamHealth(states)
                .failed("docker-hub", Failure.classify("UpstreamUnavailable", "503"), IMPORTED.minusSeconds(2));
        deliver(SUCCESS);
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
    }

    @Test
    void aTagThatARefreshTookOffIsNotForgottenSinceTheRecordPutsItBackWhenTheRefreshIsCutOff() {
        images.imported(NGINX, INDEX, IMPORTED);
        leases.acquire(NGINX, "refresh", Instant.parse("2026-11-24T10:59:59Z"));
        deliver("ecr/image-action-delete-cached.json");
        assertEquals(Optional.of(INDEX), images.tagged(NGINX).orElseThrow().digest());
    }

    @Test
    void aDeletionThatIsToldAfterTheImageCameBackForgetsNothing() {
        images.imported(NGINX, INDEX, Instant.parse("2026-11-24T11:00:01Z"));
        images.pulled(new Digested(NGINX.repository(), CHILD), Instant.parse("2026-11-24T11:00:02Z"));
        deliver("ecr/image-action-delete-cached.json", "ecr/image-action-delete-untagged.json");
        assertEquals(Optional.of(INDEX), images.tagged(NGINX).orElseThrow().digest());
        assertTrue(images.manifest(NGINX.repository(), CHILD).isPresent());
    }

    @Test
    void aDeletedManifestIsForgotten() {
        describe(CHILD, Set.of());
        deliver("ecr/image-action-delete-untagged.json");
        assertEquals(Optional.empty(), images.manifest(NGINX.repository(), CHILD));
    }

    @Test
    void aPushOfWhatTheTagIsKnownToBeIsNoCheckOfTheUpstream() {
        images.imported(NGINX, INDEX, IMPORTED.minusSeconds(3_600));
        deliver("ecr/image-action-push-cached-index.json");
        assertEquals(
                Optional.of(IMPORTED.minusSeconds(3_600)),
                images.tagged(NGINX).orElseThrow().checkedAt());
    }

    @Test
    void aPushIsAsGoodAsAnImportWhenTheImportWasNotTold() {
        deliver("ecr/image-action-push-cached-index.json");
        assertEquals(Optional.of(INDEX), images.tagged(NGINX).orElseThrow().digest());
    }

    @Test
    void aKeepTagThatLarderPutsIsNotTakenForAnImage() {
        Tagged kept = new Tagged(NGINX.repository(), KeepTag.of(INDEX));
        String push = TestEvents.json("ecr/image-action-push-cached-index.json")
                .replace("\"image-tag\": \"1.27\"", "\"image-tag\": \"" + kept.tag() + "\"");
        assertTrue(push.contains(kept.tag().value()), push);
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.of(List.of(push)), null)));
        assertEquals(Optional.empty(), images.tagged(kept));
    }

    @Test
    void onlyTheBrokenMessagesOfABatchComeAgain() {
        var response = handler.handleRequest(
                Messages.files("malformed/pull-through-without-status.json", SUCCESS, "malformed/empty.json"), null);
        assertEquals(List.of("0", "2"), Messages.failed(response));
        assertEquals(Optional.of(INDEX), images.tagged(NGINX).orElseThrow().digest());
    }

    @Test
    void aNewCachedRepositoryIsBroughtToItsDesiredState() {
        deliver("cloudtrail/create-repository-cached.json", "cloudtrail/create-repository.json");
        assertEquals(List.of(NGINX.repository()), created);
    }

    @Test
    void everythingElseIsPassedOver() {
        deliver(
                "ecr/image-scan-cached.json",
                "ecr/scan-resource-change-cached.json",
                "ecr/referrer-push-cached.json",
                "ecr/replication-success.json",
                "ecr/replication-failed.json",
                "ecr/image-action-push.json",
                "ecr/image-action-push-failed.json",
                "ecr/pull-through-success-by-digest.json",
                "ignored/other-source.json");
        assertEquals(Optional.empty(), images.tagged(NGINX));
    }

    private void describe(Digest digest, Set<Digest> children) {
        images.describe(new StoredManifest(
                new Digested(NGINX.repository(), digest),
                Optional.of("application/vnd.oci.image.index.v1+json"),
                children,
                Set.of(),
                OptionalLong.empty(),
                Optional.empty()));
    }

    private void deliver(String... files) {
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.files(files), null)));
    }
}
