package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pins by digest, which are looked for once a day. */
class PinnedDigestsTest extends PinFixture {
    @Test
    void aDigestIsOrderedByTheTagThatThePinNames() {
        cell.pin(NGINX + ":1.27@" + DIGEST.digest());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(DIGEST, order.image());
        assertEquals(Optional.of(new Tag("1.27")), order.by());
    }

    @Test
    void aDigestWithoutATagIsOrderedByWhateverTagIsFound() {
        cell.pin(DIGEST.toString());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(DIGEST, order.image());
        assertEquals(Optional.empty(), order.by());
        assertEquals(WarmReason.PINNED, order.reason());
    }

    /** A digest that the file pins with its tag is warm, and a day is over since. */
    private Digested warmYesterday() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        Tagged tag = PlanningCell.tagged(NGINX + ":1.27");
        Digested image = new Digested(
                tag.repository(), cell.ecr.publish(tag, "linux/amd64").digest());
        cell.pin(tag + "@" + image.digest());
        cell.work(cell.plan().getFirst());
        assertEquals(98, cell.left("docker-hub"));
        assertEquals(1, cell.bus.events().size());
        cell.clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertEquals(List.of(), cell.plan());
        cell.clock.advance(Duration.ofSeconds(1));
        return image;
    }

    @Test
    void aDigestThatIsWarmIsLookedForOnceADayWhichCostsNothingAndTellsNothing() {
        Digested image = warmYesterday();
        cell.registries.looks.clear();
        WarmOrder look = cell.plan().getFirst();
        assertEquals(image, look.image());
        assertEquals(100, cell.left("docker-hub"), "nothing is put aside for it");
        assertEquals(0, cell.bytes.of(cell.clock.instant()));
        cell.work(look);
        assertEquals(100, cell.left("docker-hub"));
        assertEquals(0, cell.bytes.of(cell.clock.instant()));
        assertEquals(List.of(), cell.registries.looks);
        assertEquals(1, cell.bus.events().size(), "that it is still there is no news");
        assertEquals(
                Optional.of(cell.clock.instant()), cell.images.warmth(image).warmedAt());
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), cell.plan());
    }

    @Test
    void aDigestThatLeftTheCacheUnnoticedComesBackAndIsPaidFor() {
        Digested image = warmYesterday();
        cell.ecr.untag(PlanningCell.tagged(NGINX + ":1.27"));
        assertEquals(Map.of(), cell.ecr.manifests(image.repository(), Set.of(image.digest())));
        cell.work(cell.plan().getFirst());
        assertEquals(100, cell.left("docker-hub"), "the look finds out, and imports nothing");
        assertEquals(1, cell.bus.events().size());
        cell.clock.advance(Duration.ofMinutes(15));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.PINNED, order.reason());
        assertEquals(91, cell.left("docker-hub"));
        cell.work(order);
        assertEquals(
                Set.of(image.digest()),
                cell.ecr.manifests(image.repository(), Set.of(image.digest())).keySet());
        assertEquals(98, cell.left("docker-hub"), "an index and one image");
    }

    @Test
    void aPinnedDigestThatAUserFailedToPullIsLookedForSooner() {
        cell.upstreams = List.of(PlanningCell.hub(Optional.empty()));
        Tagged tag = PlanningCell.tagged(NGINX + ":1.27");
        Digested image = new Digested(
                tag.repository(), cell.ecr.publish(tag, "linux/amd64").digest());
        cell.pin(tag + "@" + image.digest());
        cell.work(cell.plan().getFirst());
        cell.clock.advance(Duration.ofMinutes(50));
        cell.failed(image, cell.clock.instant());
        assertEquals(List.of(), cell.plan(), "it was there an hour ago");
        cell.clock.advance(Duration.ofMinutes(10));
        WarmOrder look = cell.plan().getFirst();
        assertEquals(image, look.image());
        cell.work(look);
        cell.clock.advance(Duration.ofHours(2));
        assertEquals(List.of(), cell.plan(), "nobody failed since");
    }

    @Test
    void aLookForAPinnedDigestTakesNoTurnOfAnUpstreamThatFailedAndTellsOfNoPinThatIsNotWarm() {
        warmYesterday();
        new UpstreamHealth(cell.states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), cell.clock.instant());
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
        cell.clock.advance(Duration.ofMinutes(6));
        assertEquals(List.of(), cell.planned());
    }

    @Test
    void aDigestThatIsPinnedByTwoTagsIsOrderedAndPaidOnceAndByTheOtherWhenTheFirstDoesNotLeadThere() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        Tagged other = PlanningCell.tagged(NGINX + ":1.27.3");
        Digested image = new Digested(
                other.repository(), cell.ecr.publish(other, "linux/amd64").digest());
        cell.ecr.publish(PlanningCell.tagged(NGINX + ":1.27"), "linux/amd64");
        cell.pin(NGINX + ":1.27@" + image.digest(), other + "@" + image.digest(), image.toString());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(91, cell.left("docker-hub"));
        assertEquals(Optional.of(new Tag("1.27")), order.by());
        cell.work(order);
        cell.clock.advance(Duration.ofHours(2));
        List<WarmOrder> again = cell.plan();
        assertEquals(1, again.size());
        assertEquals(Optional.of(other.tag()), again.getFirst().by());
        cell.work(again.getFirst());
        assertEquals(
                Optional.of(cell.clock.instant()), cell.images.warmth(image).warmedAt());
    }

    @Test
    void aDigestOfATagThatIsInUseWithAnotherWaitsForEcrsOwnCheckOfTheTag() {
        Tagged tag = PlanningCell.tagged(NGINX + ":1.27");
        Digest old = cell.ecr.publish(tag, "linux/amd64").digest();
        cell.work(WarmOrder.atOnce("by-hand", tag, WarmReason.MANUAL, List.of(), false, PlanningCell.NOON));
        cell.clock.advance(Duration.ofHours(1));
        Digested image = new Digested(
                tag.repository(), cell.ecr.publish(tag, "linux/amd64").digest());
        cell.pin(tag + "@" + image.digest());
        cell.ecr.calls.clear();
        cell.work(cell.plan().getFirst());
        assertEquals(List.of("get 1.27"), cell.ecr.calls);
        assertEquals(Optional.of(old), cell.ecr.cached(tag));
        String printed = cell.printed();
        assertTrue(printed.contains("\"PinnedNotWarm\":1"), printed);
        assertTrue(printed.contains("TagNotDue: " + tag + " leads there, and is in the cache with " + old), printed);
        assertTrue(printed.contains("ECR asks the upstream again after 2026-11-25T12:00:00Z"), printed);
        cell.clock.advance(Duration.ofHours(23).plusSeconds(1));
        assertEquals(List.of(), cell.plan());
        cell.clock.advance(Duration.ofSeconds(1));
        cell.work(cell.plan().getFirst());
        assertEquals(Optional.of(image.digest()), cell.ecr.cached(tag));
        assertTrue(cell.printed().contains("\"PinnedNotWarm\":0"));
    }
}
