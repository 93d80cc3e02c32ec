package dev.larder.functions.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.Messages;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.testevents.TestEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports, pushes, and what else ECR tells. */
class CacheEventHandlerTest extends CacheEventFixture {
    private List<Fact> logged() {
        return log.read(LogHour.of(IMPORTED));
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
        new UpstreamHealth(states).failed("docker-hub", Failure.classify("UpstreamTooManyRequests", "slow down"), at);
    }

    @Test
    void afterALaterSuccessTheCircuitIsClosed() {
        limited(IMPORTED.minusSeconds(600));
        deliver(SUCCESS);
        assertEquals(Circuit.CLOSED, states.of("docker-hub").circuit());
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
}
