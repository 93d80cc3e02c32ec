package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images that cost more than their plan thought are paid for before they are imported, or are not imported. */
class GrownImagesTest {
    private static final Tagged NGINX = PlanningCell.tagged("docker-hub/library/nginx:1.27");

    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    /** So many may be spent at once, and next to nothing comes back by itself. */
    private void mayBeSpent(int tokens) {
        cell.upstreams = List.of(PlanningCell.hub(
                Optional.of(new Budget(tokens * 4, Duration.ofDays(365), 50, Budget.Counts.MANIFESTS))));
        cell.pin(NGINX.toString());
    }

    /** An index of one image is warm; a day later its tag is on an index of so many platforms. */
    private WarmOrder grownTo(int platforms) {
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.work(cell.plan().getFirst());
        assertTrue(cell.ecr.cached(NGINX).isPresent());
        cell.clock.advance(Duration.ofHours(24).plusSeconds(2));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.STALE, order.reason());
        cell.ecr.publish(
                NGINX,
                IntStream.range(0, platforms).mapToObj(i -> "linux/arm/v" + i).toArray(String[]::new));
        cell.registries.looks.clear();
        return order;
    }

    private boolean hasNew() {
        return cell.ecr.cached(NGINX).equals(cell.ecr.published(NGINX));
    }

    private double left() {
        return Math.floor(cell.left("docker-hub") + 1e-6);
    }

    @Test
    void whereThereIsRoomItIsImportedAndPaidToTheManifest() {
        mayBeSpent(100);
        WarmOrder order = grownTo(8);
        assertEquals(97, left(), "most tags have not moved");
        cell.work(order);
        assertTrue(hasNew());
        assertEquals(98 - 9, left());
        assertEquals(List.of("1.27"), cell.registries.looks, "only to compare what came");
    }

    @Test
    void whereThereIsLittleTheUpstreamIsAskedHowLargeItIs() {
        mayBeSpent(9);
        WarmOrder order = grownTo(2);
        cell.work(order);
        assertTrue(hasNew());
        assertEquals(7 - 3, left(), "the HEAD was free");
        assertEquals(List.of("1.27"), cell.registries.looks);
    }

    @Test
    void whereItsLengthIsMoreThanThereIsItsManifestIsRead() {
        mayBeSpent(9);
        WarmOrder order = grownTo(4);
        Digest digest = cell.ecr.published(NGINX).orElseThrow();
        cell.work(order);
        assertTrue(hasNew());
        assertEquals(7 - 1 - 5, left());
        assertEquals(List.of("1.27", "GET " + digest), cell.registries.looks);
    }

    @Test
    void whatIsTooDearIsNotImportedAndNotAskedForAgainAtOnce() {
        mayBeSpent(9);
        WarmOrder order = grownTo(8);
        cell.work(order);
        assertTrue(!hasNew());
        assertEquals(7 - 1, left(), "only the question was paid");
        assertEquals("TooDear", cell.images.warmth(NGINX).lastFailureCode().orElseThrow());
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), cell.plan());
    }

    @Test
    void anUpstreamThatDoesNotTellItsSizeIsReadWhereThereIsLittle() {
        mayBeSpent(9);
        WarmOrder order = grownTo(2);
        cell.registries.tellsSize = false;
        cell.work(order);
        assertTrue(hasNew());
        assertEquals(7 - 1 - 3, left());
    }

    @Test
    void anUpstreamThatTellsLarderNothingIsNotBlamedForWhatThereIsNoRoomFor() {
        mayBeSpent(9);
        WarmOrder order = grownTo(2);
        cell.registries.refusal = Optional.of(Failure.classify("401", "authentication required"));
        cell.work(order);
        assertTrue(!hasNew());
        assertEquals(7, left());
        assertEquals(Circuit.CLOSED, cell.states.of("docker-hub").circuit());
    }

    @Test
    void whatDidNotMoveNeedsNoRoom() {
        mayBeSpent(9);
        cell.ecr.publish(NGINX, "linux/amd64");
        cell.work(cell.plan().getFirst());
        cell.clock.advance(Duration.ofHours(24).plusSeconds(2));
        WarmOrder order = cell.plan().getFirst();
        cell.work(order);
        assertEquals(7, left());
        assertEquals(Optional.empty(), cell.images.warmth(NGINX).unverified());
    }

    @Test
    void anImageByDigestCostsTheIndexByWayOfWhichItCame() {
        mayBeSpent(100);
        Digest child = cell.ecr
                .publish(NGINX, "linux/amd64", "linux/arm64", "linux/s390x")
                .children()
                .getFirst()
                .digest();
        Instant now = cell.clock.instant();
        cell.work(new WarmOrder(
                "manual-1",
                new Digested(NGINX.repository(), child),
                Optional.of(new Tag("1.27")),
                WarmReason.MANUAL,
                List.of(),
                false,
                now,
                now));
        assertTrue(hasNew());
        assertEquals(100 - 4, left());
    }

    /** Requests of any kind are counted, and an image has a manifest, a configuration and a layer for each platform. */
    private void requestsMayBeSpent(int tokens) {
        cell.upstreams = List.of(PlanningCell.hub(
                Optional.of(new Budget(tokens * 4, Duration.ofDays(365), 50, Budget.Counts.REQUESTS))));
        cell.pin(NGINX.toString());
    }

    @Test
    void whereLayersCountTheyAreCountedBeforeTheyAreImported() {
        requestsMayBeSpent(40);
        cell.ecr.publish(NGINX, "linux/amd64", "linux/arm64", "linux/arm/v7");
        cell.work(cell.plan().getFirst());
        assertTrue(hasNew());
        assertEquals(5, cell.registries.looks.size(), "a HEAD, the index, and its three images");
        assertEquals(40 - 5 - 10, left());
    }

    @Test
    void whereLayersCountWhatIsTooDearIsImportedWhenItsWindowComes() {
        requestsMayBeSpent(40);
        cell.ecr.publish(
                NGINX, IntStream.range(0, 13).mapToObj(i -> "linux/arm/v" + i).toArray(String[]::new));
        cell.work(cell.plan().getFirst());
        assertTrue(!hasNew());
        assertEquals(40 - 15, left(), "only the questions were paid");
        cell.clock.advance(Duration.ofDays(4));
        assertEquals(List.of(), cell.plan());
        cell.clock.advance(Duration.ofDays(365).plusDays(60));
        WarmOrder order = cell.plan().getFirst();
        cell.work(order);
        assertTrue(hasNew());
    }

    @Test
    void whereAShareHoldsLessThanAUsualImageLayersAreOwed() {
        requestsMayBeSpent(20);
        cell.ecr.publish(NGINX, "linux/amd64", "linux/arm64", "linux/arm/v7");
        cell.work(cell.plan().getFirst());
        assertTrue(hasNew());
        assertEquals(List.of("1.27"), cell.registries.looks, "only to compare what came");
        assertEquals(20 - 10 - 1, left());
    }

    @Test
    void whatTheUpstreamDoesNotLetLarderSeeIsImportedAndOwed() {
        requestsMayBeSpent(40);
        cell.ecr.publish(NGINX, "linux/amd64", "linux/arm64", "linux/arm/v7");
        cell.registries.refusal = Optional.of(Failure.classify("401", "authentication required"));
        cell.work(cell.plan().getFirst());
        assertTrue(hasNew());
        assertEquals(40 - 1 - 10 - 1, left(), "two questions, and the import");
    }
}
