package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.upstream.UpstreamFunds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders that are carried out late, twice, or again. */
class SettlingLaterTest extends SettlingFixture {
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
    void layersThatAreLateAreWaitedForWithNothingLeftToPayForTheImportAgain() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(800, Duration.ofDays(30), 50, Budget.Counts.REQUESTS))));
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
        assertTrue(new UpstreamFunds(cell.states)
                .pay(cell.upstreams.getFirst(), (int) cell.left("docker-hub"), cell.clock.instant()));
        assertEquals(1, cell.work(order).size(), "it is later still");
        cell.ecr.missing.clear();
        cell.work(order);
        assertTrue(cell.images.warmth(NGINX).warmedAt().isPresent());
        double level = new UpstreamFunds(cell.states)
                .of(cell.upstreams.getFirst(), cell.clock.instant())
                .bucket()
                .orElseThrow()
                .level();
        assertTrue(level >= 0, () -> "nobody was asked, and " + level + " are owed");
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

    @Test
    void aCheckThatFailedWhenNothingHadMovedOwesNoImport() {
        mayBeSpentInAnHour(30);
        cell.ecr.publish(NGINX, "linux/amd64", "linux/arm64", "linux/arm/v7", "linux/s390x");
        cell.work(cell.plan().getFirst());
        cell.clock.advance(Duration.ofHours(24).plusSeconds(2));
        WarmOrder order = cell.plan().getFirst();
        assertTrue(new UpstreamFunds(cell.states).pay(cell.upstreams.getFirst(), 28, cell.clock.instant()));
        cell.registries.looks.clear();
        cell.ecr.beforeCall = () -> {
            throw new CacheException("get", Failure.classify("ServerException", "500"));
        };
        cell.work(order);
        double level = new UpstreamFunds(cell.states)
                .of(cell.upstreams.getFirst(), cell.clock.instant())
                .bucket()
                .orElseThrow()
                .level();
        assertTrue(level >= 0, () -> "there was no room, and nothing had moved, but " + level + " are owed");
    }

    private double leftNow() {
        return new UpstreamFunds(cell.states)
                .of(cell.upstreams.getFirst(), cell.clock.instant())
                .bucket()
                .orElseThrow()
                .at(cell.clock.instant())
                .tokens();
    }
}
