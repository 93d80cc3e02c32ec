package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.ImportSize;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan pays for, and what of it comes back, through the real planner and the real worker. */
class SettlingTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final Tagged NGINX = PlanningCell.tagged("docker-hub/library/nginx:1.27");

    /** A month, so that next to nothing comes back by itself. */
    private static final Budget BUDGET = new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS);

    private final PlanningCell cell = new PlanningCell();

    @BeforeEach
    void begin() {
        cell.upstreams = List.of(PlanningCell.hub(Optional.of(BUDGET)));
        cell.pin(NGINX.toString());
    }

    @AfterEach
    void close() {
        cell.close();
    }

    /** The image is in ECR and in the record, checked a day ago; the planner orders the check and pays for an import. */
    private WarmOrder stale() {
        CachedManifest manifest = cell.ecr.publish(NGINX, "linux/amd64", "linux/arm64");
        cell.ecr.get(NGINX);
        cell.images.imported(NGINX, manifest.digest(), cell.clock.instant());
        cell.images.describe(new StoredManifest(
                new Digested(NGINX.repository(), manifest.digest()),
                Optional.of(manifest.mediaType()),
                Set.of(PlanningCell.digest("one"), PlanningCell.digest("two")),
                Set.of(Platform.parse("linux/amd64")),
                OptionalLong.of(1000),
                Optional.empty()));
        cell.clock.advance(Duration.ofHours(24).plusSeconds(2));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.STALE, order.reason());
        assertEquals(99, left(), "most tags have not moved: an index and its two images are paid when it has");
        assertEquals(2000, cell.bytes.of(cell.clock.instant()));
        return order;
    }

    @Test
    void theCostOfATagThatDidNotMoveComesBack() {
        WarmOrder order = stale();
        cell.work(order);
        assertEquals(100, left());
        assertEquals(0, cell.bytes.of(cell.clock.instant()));
        assertTrue(cell.images.warmth(NGINX).warmedAt().isPresent());
    }

    @Test
    void itComesBackOnceHoweverOftenTheOrderIsDelivered() {
        cell.pin(NGINX.toString(), "docker-hub/library/redis:7");
        cell.ecr.publish(PlanningCell.tagged("docker-hub/library/redis:7"), "linux/amd64");
        cell.cached("docker-hub/library/redis:7", NOON.plus(Duration.ofHours(12)));
        WarmOrder order = stale();
        cell.work(order, order);
        cell.work(order);
        assertEquals(100, left());
    }

    @Test
    void theCostOfATagThatMovedDoesNot() {
        WarmOrder order = stale();
        cell.ecr.publish(NGINX, "linux/amd64", "linux/arm64");
        cell.work(order);
        assertEquals(97, left());
        cell.work(order);
        assertEquals(97, left());
    }

    @Test
    void theCostOfATagThatWasDeletedUnnoticedDoesNotAndItsImportIsNews() {
        WarmOrder order = stale();
        cell.ecr.untag(NGINX);
        cell.work(order);
        assertTrue(cell.ecr.calls.contains("import 1.27"));
        assertEquals(97, left(), "an index and its two images");
        assertEquals(
                Optional.of(cell.clock.instant()),
                cell.images.tagged(NGINX).orElseThrow().importedAt());
    }

    @Test
    void whatAnImportWasSmallerThanThoughtComesBack() {
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        assertEquals(ImportSize.UNKNOWN.bytes(), cell.bytes.of(NOON));
        cell.work(order);
        assertEquals(98, left(), "an index and one image");
        assertEquals(110, cell.bytes.of(NOON));
    }

    @Test
    void whatTheUpstreamDoesNotHaveCostsAnAnswer() {
        WarmOrder order = cell.plan().getFirst();
        assertEquals(91, left());
        cell.work(order);
        assertEquals(99, left(), "the upstream was asked for what it does not have");
        assertEquals(0, cell.bytes.of(NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UpstreamUnavailable", "ServerException", "Whatever"})
    void theCostOfAnImportThatFailedDoesNotAndNeitherDoesWhatWasPaidForItToGrow(String code) {
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.ecr.cutOff = Optional.of(Failure.classify(code, "in the middle"));
        WarmOrder order = cell.plan().getFirst();
        cell.work(order);
        assertEquals(75, left(), "9 that the plan paid, and 16 more platforms with what belongs to them");
    }

    @Test
    void anImportThatIsTriedAgainAndFailsCostsAgain() {
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.ecr.cutOff = Optional.of(Failure.classify("Whatever", "in the middle"));
        WarmOrder order = cell.plan().getFirst();
        cell.work(order);
        assertEquals(75, left());
        cell.work(order);
        assertEquals(50, left(), "the second delivery pays for all of it, and for room, before ECR asks");
    }

    @Test
    void whatPeopleOrderCostsAManifestEachTimeItFails() {
        WarmOrder order = WarmOrder.atOnce("manual-1", NGINX, WarmReason.MANUAL, List.of(), false, NOON);
        cell.work(order);
        assertEquals(99, left());
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.ecr.cutOff = Optional.of(Failure.classify("UpstreamUnavailable", "in the middle"));
        cell.work(order);
        assertEquals(98, left());
    }

    @Test
    void aDigestThatNoTagLeadsToCostsNothing() {
        cell.pin(NGINX.repository() + "@" + PlanningCell.digest("nobody knows it"));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(91, left());
        cell.work(order);
        assertEquals(100, left());
        assertEquals(0, cell.bytes.of(NOON));
    }

    @Test
    void theCostOfAnOrderThatWasNotTriedDoes() {
        WarmOrder order = cell.plan().getFirst();
        new UpstreamHealth(cell.states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), NOON.plusSeconds(1));
        cell.clock.advance(Duration.ofSeconds(2));
        cell.work(order);
        assertEquals(100, left());
    }

    @Test
    void anOrderThatIsTooEarlyIsPutOffWithWhatWasPaidForIt() {
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        WarmOrder early = order.at(NOON.plusSeconds(600));
        assertEquals(1, cell.work(early).size());
        assertEquals(91, left());
        assertTrue(cell.planned.has(NGINX, NOON.plusSeconds(1)));
    }

    @Test
    void anOrderWhoseFirstTryImportedAndBrokeKeepsItsCost() {
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        Digest digest = cell.ecr.published(NGINX).orElseThrow();
        Digest layer = cell.ecr
                .content(cell.ecr.content(digest).children().getFirst().digest())
                .blobs()
                .getFirst()
                .digest();
        cell.ecr.missing.add(layer);
        assertEquals(1, cell.work(order).size(), "a layer is late");
        cell.images.imported(NGINX, digest, cell.clock.instant());
        cell.ecr.missing.clear();
        cell.work(order);
        assertEquals(98, left(), "the second try found what the first one had imported");
    }

    @Test
    void anOrderWhoseFirstTryDiedAfterTheImportKeepsItsCost() {
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        cell.ecr.beforeCall = () -> {
            cell.ecr.beforeCall = () -> {};
            throw new IllegalStateException("the function was killed");
        };
        cell.work(order);
        cell.images.imported(NGINX, cell.ecr.published(NGINX).orElseThrow(), cell.clock.instant());
        cell.images.warmed(NGINX, Optional.empty(), cell.clock.instant());
        cell.work(order);
        assertEquals(75, left(), "and the room to grow that was paid for it: nobody knows what it imported");
    }

    @Test
    void aSecondDeliveryWhileTheFirstIsAtWorkGivesNothingBackTwice() {
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        cell.ecr.beforeCall = () -> {
            cell.ecr.beforeCall = () -> {};
            cell.work(order);
        };
        cell.work(order);
        assertEquals(98, left());
    }

    @Test
    void whatComesBackIsOfTheDayOnWhichItWasPaid() {
        cell.clock.advance(Duration.ofHours(11).plusMinutes(59));
        WarmOrder order = cell.plan().getFirst();
        new UpstreamHealth(cell.states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), cell.clock.instant());
        cell.clock.advance(Duration.ofMinutes(2));
        cell.work(order);
        Instant tomorrow = cell.clock.instant();
        assertEquals(0, cell.bytes.of(order.requestedAt()));
        cell.bytes.add(100, tomorrow);
        assertEquals(100, cell.bytes.of(tomorrow), "yesterday's bytes are not today's to spend");
    }

    @Test
    void whatPeopleOrderIsOwed() {
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.work(WarmOrder.atOnce("manual-1", NGINX, WarmReason.MANUAL, List.of(), false, NOON));
        assertEquals(98, left());
        assertEquals(110, cell.bytes.of(NOON));
    }

    @Test
    void anOrderThatAnotherPlanReplacedIsNotSettledTwice() {
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder first = cell.plan().getFirst();
        cell.clock.advance(Duration.ofMinutes(15));
        WarmOrder second = cell.plan().getFirst();
        assertEquals(82, Math.floor(left()));
        cell.work(first);
        cell.work(second);
        assertEquals(89, Math.floor(left()), "the second one found it done; what was paid for the first is lost");
    }

    /** A window of an hour, of which seven and a half minutes is what an order may be late. */
    private void mayBeSpentInAnHour(int tokens) {
        cell.upstreams = List.of(PlanningCell.hub(
                Optional.of(new Budget(tokens * 4, Duration.ofHours(1), 50, Budget.Counts.MANIFESTS))));
    }

    @Test
    void whatWasPaidLongAgoIsPaidAgainBeforeTheUpstreamIsAsked() {
        mayBeSpentInAnHour(30);
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        assertEquals(21, left());
        cell.clock.advance(Duration.ofMinutes(60));
        assertEquals(30, leftNow(), "all that was paid has come back");
        cell.work(order);
        assertEquals(28, leftNow(), "an index and one image are in the hour in which they were fetched");
    }

    @Test
    void whatIsLateAndCannotBePaidAgainIsLeftToTheNextPlan() {
        mayBeSpentInAnHour(30);
        cell.ecr.publish(NGINX, "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        cell.clock.advance(Duration.ofMinutes(8));
        assertTrue(new UpstreamFunds(cell.states).pay(cell.upstreams.getFirst(), 24, cell.clock.instant()));
        cell.work(order);
        assertTrue(cell.ecr.cached(NGINX).isEmpty(), "nobody asked for it");
        assertEquals(0, cell.bytes.of(NOON));
        cell.clock.advance(Duration.ofMinutes(40));
        assertEquals(List.of(NGINX.toString()), cell.planned());
    }

    @Test
    void aCheckThatIsDueInAWhileIsPaidWhenItIsMade() {
        mayBeSpentInAnHour(30);
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.work(cell.plan().getFirst());
        cell.clock.advance(Duration.ofHours(24).minusMinutes(20));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.STALE, order.reason());
        assertEquals(30, leftNow(), "the check is twenty minutes away");
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.clock.advance(Duration.ofMinutes(20).plusSeconds(2));
        cell.work(order);
        assertEquals(cell.ecr.published(NGINX), cell.ecr.cached(NGINX));
        assertEquals(28, left());
    }

    private double leftNow() {
        return new UpstreamFunds(cell.states)
                .of(cell.upstreams.getFirst(), cell.clock.instant())
                .bucket()
                .orElseThrow()
                .at(cell.clock.instant())
                .tokens();
    }

    private double left() {
        return Math.floor(cell.left("docker-hub") + 1e-6);
    }
}
