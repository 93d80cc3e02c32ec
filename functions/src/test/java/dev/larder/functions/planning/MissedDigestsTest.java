package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Tombstone;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users failed to pull by digest. */
class MissedDigestsTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final Tagged NGINX = PlanningCell.tagged("docker-hub/library/nginx:1.27");
    private static final RepositoryName REPOSITORY = NGINX.repository();

    private final PlanningCell cell = new PlanningCell();
    private Digested image = new Digested(REPOSITORY, PlanningCell.digest("nobody has it"));

    @BeforeEach
    void fail() {
        image = new Digested(REPOSITORY, cell.ecr.publish(NGINX, "linux/amd64").digest());
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        cell.listed(REPOSITORY.value(), "1.27", "1.26");
        cell.failed(image, NOON.minusSeconds(300));
    }

    @AfterEach
    void close() {
        cell.close();
    }

    private void looked(Digest digest) {
        looked(NGINX.tag().value(), digest);
    }

    private void looked(String tag, Digest digest) {
        DynamoDbUpstreamTags tags = new DynamoDbUpstreamTags(cell.local.table(), cell.clock);
        tags.keep(tags.of(REPOSITORY).looked(new Tag(tag), digest, cell.clock.instant()));
    }

    private UpstreamLooks.Looks looks() {
        return new UpstreamLooks(
                        new Upstreams(cell.upstreams),
                        cell.warm,
                        cell.ports(),
                        new DynamoDbUpstreamTags(cell.local.table(), cell.clock))
                .at(cell.clock.instant());
    }

    @Test
    void aPullByDigestThatFailedIsMadeGoodByWayOfATagThatLeadsThere() {
        looked(image.digest());
        WarmOrder order = cell.plan().getFirst();
        assertEquals(image, order.image());
        assertEquals(WarmReason.FAILED_PULL, order.reason());
        cell.work(order);
        assertTrue(cell.ecr.manifests(REPOSITORY, Set.of(image.digest())).containsKey(image.digest()));
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), cell.plan(), "it is in the cache");
    }

    @Test
    void aTagThatLeadsThereIsSoughtBeforeAnythingIsOrdered() {
        assertEquals(List.of(), cell.plan());
        assertEquals(Set.of(NGINX, PlanningCell.tagged(REPOSITORY + ":1.26")), looks().tags());
        looked(image.digest());
        assertEquals(Set.of(), looks().tags());
    }

    @Test
    void theTagMayBeNewerThanTheList() {
        cell.came(REPOSITORY.value());
        looked(PlanningCell.digest("another"));
        cell.clock.advance(Duration.ofHours(5));
        cell.failed(image, cell.clock.instant());
        assertEquals(List.of(), looks().lists());
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(List.of(REPOSITORY), looks().lists());
        cell.came(REPOSITORY.value(), "1.27.4");
        assertEquals(List.of(), looks().lists());
        assertTrue(looks().tags().contains(PlanningCell.tagged(REPOSITORY + ":1.27.4")));
    }

    @Test
    void aTagMayHaveMovedThereSinceItWasLookedAt() {
        cell.came(REPOSITORY.value(), "1.27.3");
        for (String tag : List.of("1.26", "1.27", "1.27.3")) {
            looked(tag, PlanningCell.digest(tag));
        }
        assertEquals(Set.of(), looks().tags(), "they were looked at after the pull failed");
        cell.clock.advance(Duration.ofHours(6));
        assertEquals(Set.of(), looks().tags(), "nobody wanted it since");
        cell.failed(image, cell.clock.instant().minusSeconds(60));
        assertEquals(Set.of(NGINX), looks().tags(), "1.26 and 1.27.3 stay where they are");
        looked("1.27", image.digest());
        assertEquals(Set.of(), looks().tags());
        assertEquals(image, cell.plan().getFirst().image());
    }

    @Test
    void thePinOfADigestIsSoughtInTheSameWay() {
        Digested pin = new Digested(REPOSITORY, PlanningCell.digest("pinned"));
        cell.pin(pin.toString());
        looked(image.digest());
        looked("1.26", PlanningCell.digest("1.26"));
        cell.came(REPOSITORY.value(), "1.27.3");
        looked("1.27.3", image.digest());
        cell.clock.advance(Duration.ofHours(6));
        assertEquals(List.of(REPOSITORY), looks().lists());
        assertEquals(Set.of(NGINX), looks().tags());
        looked("1.27", pin.digest());
        assertEquals(List.of(), looks().lists(), "it is found");
        assertEquals(Set.of(), looks().tags());
    }

    @Test
    void theListOfAnAllowedRepositoryThatNobodyReadIsWorthReading() {
        cell.failed(
                new Digested(new RepositoryName("docker-hub/library/redis"), image.digest()), NOON.minusSeconds(60));
        cell.failed(new Digested(new RepositoryName("docker-hub/someone/tool"), image.digest()), NOON.minusSeconds(60));
        assertEquals(List.of(REPOSITORY, new RepositoryName("docker-hub/library/redis")), looks().lists());
    }

    @Test
    void whatFailsAfterItWasEvictedWasEvictedTooEarly() {
        looked(image.digest());
        new DynamoDbTombstones(cell.local.table())
                .put(List.of(new Tombstone(
                        REPOSITORY,
                        image.digest(),
                        List.of(),
                        List.of(),
                        OptionalLong.empty(),
                        NOON.minusSeconds(7200),
                        "not pulled for 30 days",
                        List.of(),
                        "run-1")));
        assertEquals(WarmReason.EVICTED_TOO_EARLY, cell.plan().getFirst().reason());
    }

    @Test
    void whatCannotBeHadIsTriedLessAndLessOften() {
        looked(PlanningCell.digest("what the tag was before"));
        Digested gone = new Digested(REPOSITORY, PlanningCell.digest("what the tag was before"));
        cell.failed(gone, NOON.minusSeconds(60));
        WarmOrder order = cell.plan().getFirst();
        assertEquals(gone, order.image());
        cell.work(order);
        assertEquals(100, cell.left("docker-hub"), "the tag has moved on, and nothing was imported");
        cell.clock.advance(Duration.ofMinutes(45));
        assertEquals(List.of(), cell.plan());
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(1, cell.plan().size());
    }

    @Test
    void whatTheRecordHasAndUsersFailToPullIsLookedForAndComesWhenItIsGone() {
        looked(image.digest());
        cell.work(cell.plan().getFirst());
        cell.ecr.untag(NGINX);
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(List.of(), cell.plan(), "nobody failed since it was warm");
        cell.failed(image, cell.clock.instant());
        cell.clock.advance(Duration.ofMinutes(5));
        int left = (int) cell.left("docker-hub");
        WarmOrder look = cell.plan().getFirst();
        assertEquals(image, look.image());
        cell.work(look);
        assertEquals(left, (int) cell.left("docker-hub"), "only ECR was asked");
        cell.clock.advance(Duration.ofMinutes(15));
        List<WarmOrder> orders = cell.plan();
        assertEquals(
                Set.of(image, NGINX),
                orders.stream().map(WarmOrder::image).collect(Collectors.toSet()),
                "its tag as well");
        cell.work(orders.toArray(WarmOrder[]::new));
        assertTrue(cell.ecr.manifests(REPOSITORY, Set.of(image.digest())).containsKey(image.digest()));
        assertEquals(left - 2, (int) cell.left("docker-hub"), "an index and one image, once");
    }

    @Test
    void whatIsThereAndUsersMayNotPullIsLookedForOnceAnHourAtMost() {
        looked(image.digest());
        cell.work(cell.plan().getFirst());
        int orders = 0;
        for (int i = 0; i < 16; i++) {
            cell.clock.advance(Duration.ofMinutes(15));
            cell.failed(image, cell.clock.instant());
            List<WarmOrder> looks = cell.plan();
            looks.forEach(cell::work);
            orders += looks.size();
        }
        assertEquals(4, orders);
        assertEquals(1, cell.bus.events().size());
    }

    @Test
    void whatFailedYesterdayIsNotForgottenWithItsDay() {
        Tagged older = PlanningCell.tagged(REPOSITORY + ":1.26");
        Digested missed =
                new Digested(REPOSITORY, cell.ecr.publish(older, "linux/amd64").digest());
        DynamoDbUpstreamTags tags = new DynamoDbUpstreamTags(cell.local.table(), cell.clock);
        tags.keep(tags.of(REPOSITORY).looked(older.tag(), missed.digest(), NOON));
        LocalDate day = LocalDate.parse("2026-11-24");
        new DynamoDbUsageSummaries(cell.local.table())
                .keep(day, List.of(new UsageRow(missed, "role/node", Optional.empty(), 0, 0, 0, 1, 0)));
        new DynamoDbUsageDays(cell.local.table()).closed(day);
        cell.clock.advance(Duration.ofHours(18));
        assertEquals(missed, cell.plan().getFirst().image());
        cell.clock.advance(Duration.ofHours(18));
        assertEquals(List.of(), cell.plan());
    }

    @Test
    void whatIsPinnedAsWellIsOrderedOnceAndForThePin() {
        looked(image.digest());
        cell.pin(image.toString());
        assertEquals(
                List.of(WarmReason.PINNED),
                cell.plan().stream().map(WarmOrder::reason).toList());
    }
}
