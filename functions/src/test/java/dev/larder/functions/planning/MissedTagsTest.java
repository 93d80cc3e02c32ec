package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.usage.DynamoDbUsageDays;
import dev.larder.functions.usage.DynamoDbUsageSummaries;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users failed to pull by tag, and the record has. */
class MissedTagsTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final Tagged REDIS = PlanningCell.tagged("docker-hub/library/redis:7");
    private static final Duration QUARTER = Duration.ofMinutes(15);

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

    private List<String> asked() {
        return cell.ecr.calls.stream()
                .filter(call -> call.startsWith("check ") || call.startsWith("import "))
                .toList();
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
    void aTagThatIsGoneAndNoEventToldOfIsLookedForAtEcrAloneAndComesWithTheNextPlan() {
        cell.clock.advance(Duration.ofHours(2));
        cell.ecr.untag(REDIS);
        failNow();
        forgetCalls();
        int left = (int) cell.left("docker-hub");
        WarmOrder look = cell.plan().getFirst();
        assertEquals(WarmReason.FAILED_PULL, look.reason());
        cell.work(look);
        assertEquals(List.of(), asked());
        assertEquals(List.of(), cell.registries.looks);
        assertEquals(left, (int) cell.left("docker-hub"));
        assertEquals(List.of(), cell.bus.events());
        cell.clock.advance(QUARTER);
        cell.work(cell.plan().getFirst());
        assertEquals(Optional.of(digest), cell.ecr.cached(REDIS));
        assertEquals(left - 2, (int) cell.left("docker-hub"), "an index and one image");
    }

    @Test
    void whoMayNotPullAtAllCostsTheUpstreamTheDueChecksAndEcrALookAnHour() {
        int looks = 0;
        int checks = 0;
        int left = (int) cell.left("docker-hub");
        for (int i = 0; i < 4 * 50; i++) {
            cell.clock.advance(QUARTER);
            cell.failed(REDIS.toString(), cell.clock.instant());
            for (WarmOrder order : cell.plan()) {
                forgetCalls();
                Duration early = Duration.between(cell.clock.instant(), order.notBefore());
                cell.clock.advance(early.isPositive() ? early : Duration.ZERO);
                cell.work(order);
                checks += asked().isEmpty() ? 0 : 1;
                looks += asked().isEmpty() ? 1 : 0;
                assertEquals(List.of(), cell.registries.looks);
            }
        }
        assertEquals(2, checks, "fifty hours");
        assertTrue(looks > 40 && looks <= 50, () -> "looked often, or not at all");
        assertEquals(left, (int) cell.left("docker-hub"));
        assertEquals(3, cell.bus.events().size(), "it was seen for the first time, and checked twice");
        cell.clock.advance(Duration.ofDays(2));
        new DynamoDbUsageDays(cell.local.table())
                .closed(LocalDate.ofInstant(cell.clock.instant(), ZoneOffset.UTC)
                        .minusDays(1));
        assertEquals(List.of(), cell.planned(), "nobody failed lately");
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

    @Test
    void whatFailedYesterdayIsNotForgottenWithItsDay() {
        LocalDate day = LocalDate.parse("2026-11-24");
        new DynamoDbUsageSummaries(cell.local.table())
                .keep(day, List.of(new UsageRow(REDIS, "role/node", Optional.empty(), 0, 0, 0, 1, 0)));
        new DynamoDbUsageDays(cell.local.table()).closed(day);
        cell.clock.advance(Duration.ofHours(18));
        assertEquals(List.of(REDIS.toString()), cell.planned());
    }

    @Test
    void aLookWaitsForNoBudgetAndForTheUpstreamToWork() {
        cell.clock.advance(Duration.ofHours(2));
        failNow();
        cell.pin("docker-hub/library/nginx:1.27");
        new UpstreamFunds(cell.states).pay(cell.upstreams.getFirst(), 95, cell.clock.instant());
        assertEquals(List.of(REDIS.toString()), cell.planned(), "nothing is left for the pin");
        new UpstreamHealth(cell.states)
                .failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), cell.clock.instant());
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(
                List.of("docker-hub/library/nginx:1.27"),
                cell.planning().plan(cell.clock.instant()).plan().left().stream()
                        .map(left -> left.candidate().image().toString())
                        .toList());
    }
}
