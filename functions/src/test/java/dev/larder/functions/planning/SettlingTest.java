package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.ImportSize;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.Platform;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back of what a plan paid, and what does not. */
class SettlingTest extends SettlingFixture {
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
}
