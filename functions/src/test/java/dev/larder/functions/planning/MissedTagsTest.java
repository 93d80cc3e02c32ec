package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.config.Budget;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users failed to pull by tag, and the record has. */
class MissedTagsTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final Tagged REDIS = PlanningCell.tagged("docker-hub/library/redis:7");

    private final PlanningCell cell = new PlanningCell();
    private Digest digest = PlanningCell.digest("redis");

    /** In the cache and in the record, checked now. */
    @BeforeEach
    void cache() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS))));
        digest = cell.ecr.publish(REDIS, "linux/amd64").digest();
        cell.ecr.get(REDIS);
        cell.images.imported(REDIS, digest, NOON);
        forgetCalls();
    }

    @AfterEach
    void close() {
        cell.close();
    }

    private void forgetCalls() {
        cell.ecr.calls.clear();
        cell.registries.looks.clear();
    }

    private void failNow() {
        cell.failed(REDIS.toString(), cell.clock.instant());
        cell.clock.advance(Duration.ofMinutes(5));
    }

    @Test
    void whoMayNotHaveEcrCheckATagFailsAndFindsItCheckedTheNextTime() {
        cell.clock.advance(Duration.ofDays(6));
        cell.images.imported(PlanningCell.tagged("docker-hub/library/nginx:1.27"), digest, NOON);
        failNow();
        cell.pin("docker-hub/library/nginx:1.27");
        List<WarmOrder> orders = cell.plan();
        assertEquals(
                List.of(WarmReason.STALE, WarmReason.FAILED_PULL),
                orders.stream().map(WarmOrder::reason).toList(),
                "what the file asks for goes first");
        WarmOrder order = orders.getLast();
        assertEquals(REDIS, order.image());
        assertFalse(order.refresh());
        cell.work(order);
        assertEquals(
                List.of("check 7"),
                cell.ecr.calls.stream()
                        .filter(call -> call.startsWith("check "))
                        .toList());
        assertEquals(
                Optional.of(cell.clock.instant()),
                cell.images.tagged(REDIS).orElseThrow().checkedAt());
    }

    @Test
    void whatIsPopularButHardlyWorthACheckIsCheckedForWhoFailed() {
        cell.daily(20, REDIS.toString());
        cell.clock.advance(Duration.ofDays(13));
        assertEquals(List.of(), cell.planned());
        failNow();
        assertEquals(List.of(REDIS.toString()), cell.planned());
    }

    @Test
    void whatFailedByDigestMakesNoTagBeChecked() {
        cell.clock.advance(Duration.ofDays(6));
        cell.failed(new Digested(REDIS.repository(), digest), cell.clock.instant());
        cell.clock.advance(Duration.ofMinutes(5));
        assertEquals(
                List.of(),
                cell.planned().stream().filter(REDIS.toString()::equals).toList());
    }

    @Test
    void whoWasServedAfterwardsNeedsNoLook() {
        cell.clock.advance(Duration.ofHours(2));
        failNow();
        cell.pulled(REDIS.toString(), cell.clock.instant());
        cell.clock.advance(Duration.ofMinutes(5));
        assertEquals(List.of(), cell.planned());
    }

    @Test
    void whatFailedBeforeItsLastCheckIsMadeGood() {
        cell.clock.advance(Duration.ofHours(2));
        failNow();
        cell.images.imported(REDIS, digest, cell.clock.instant());
        cell.clock.advance(Duration.ofHours(2));
        assertEquals(List.of(), cell.planned());
    }
}
