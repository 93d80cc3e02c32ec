package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Substitute;
import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.warming.Demand;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.lifecycle.DynamoDbTombstones;
import dev.larder.functions.lifecycle.Tombstone;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.upstream.UpstreamHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PopularTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final Duration DAY = Duration.ofDays(1);
    private static final String NGINX = "docker-hub/library/nginx:1.27";

    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void whatIsPulledOftenEnoughAndNotCachedIsOrdered() {
        cell.daily(5, NGINX);
        cell.daily(0);
        WarmOrder order = cell.plan().getFirst();
        assertEquals(NGINX, order.image().toString());
        assertEquals(WarmReason.POPULAR, order.reason());
        assertEquals(NOON, order.notBefore());
    }

    @Test
    void onlyThePullsWithinTheTimeCount() {
        cell.daily(12, NGINX);
        cell.popular(new Warm.Popular(10, 8, DAY.multipliedBy(7)));
        assertEquals(List.of(), cell.planned(), "five of twelve were earlier");
        cell.popular(new Warm.Popular(10, 7, DAY.multipliedBy(7)));
        assertEquals(List.of(NGINX), cell.planned());
    }

    @Test
    void noMoreDaysCanBeAskedForThanAreLookedAt() {
        assertEquals(Demand.WINDOW, Warm.Popular.LONGEST);
    }

    @Test
    void whatIsPulledTooRarelyOrTooLongAgoIsNot() {
        cell.popular(new Warm.Popular(10, 3, Duration.ofDays(2)));
        cell.daily(2, NGINX);
        assertEquals(List.of(), cell.planned(), "two pulls, and three are wanted");
        cell.pulled(NGINX, NOON.minusSeconds(60));
        cell.clock.advance(Duration.ofMinutes(2));
        assertEquals(List.of(NGINX), cell.planned());
        cell.clock.advance(Duration.ofDays(3));
        assertEquals(List.of(), cell.planned(), "the last pull is longer ago than counts");
    }

    @Test
    void onlyTheMostPopularAreKept() {
        cell.popular(new Warm.Popular(1, 1, Duration.ofDays(14)));
        String[] often = {NGINX, "docker-hub/library/redis:7"};
        cell.daily(6, often);
        cell.pulled("docker-hub/library/redis:7", NOON.minusSeconds(600));
        cell.pulled("docker-hub/library/once:1", NOON.minusSeconds(600));
        assertEquals(1, cell.planned().size());
    }

    @Test
    void aCheckIsOrderedForTheSecondAtWhichTheLastOneRunsOutAndNeverEarlier() {
        cell.daily(6, NGINX);
        Instant checked = NOON.minus(DAY).plusSeconds(20 * 60);
        cell.cached(NGINX, checked);
        WarmOrder order = cell.plan().getFirst();
        assertEquals(WarmReason.STALE, order.reason());
        assertEquals(checked.plus(DAY).plusSeconds(2), order.notBefore());
        assertEquals(false, order.refresh());
    }

    @Test
    void aCheckThatRunsOutAfterTheNextTwoPlansCanWait() {
        cell.daily(6, NGINX);
        cell.cached(NGINX, NOON.minus(DAY).plusSeconds(30 * 60));
        assertEquals(List.of(), cell.planned());
        cell.clock.advance(Duration.ofSeconds(2));
        assertEquals(List.of(NGINX), cell.planned());
    }

    @Test
    void aCheckThatRanOutIsOrderedAtOnce() {
        cell.daily(6, NGINX);
        cell.cached(NGINX, NOON.minus(DAY.multipliedBy(2)));
        assertEquals(NOON, cell.plan().getFirst().notBefore());
    }

    @Test
    void whatIsUnderWayIsNotOrderedAgainUntilItEndedOrIsLongOverdue() {
        cell.daily(6, NGINX);
        cell.cached(NGINX, NOON.minus(DAY).plusSeconds(20 * 60));
        WarmOrder first = cell.plan().getFirst();
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), cell.planned(), "its order waits in the queue");
        cell.clock.advance(Duration.ofMinutes(15));
        assertEquals(List.of(), cell.planned(), "it may be at work");
        cell.clock.advance(Duration.ofMinutes(15));
        WarmOrder second = cell.plan().getFirst();
        assertTrue(!second.orderId().equals(first.orderId()), "the first one was lost");
        cell.planned.end(first);
        assertTrue(cell.planned.has(second.image(), cell.clock.instant()));
        cell.planned.end(second);
        assertEquals(1, cell.planned().size(), "it ended without a check");
    }

    @Test
    void aNewVersionIsWarmBeforeItsFirstPull() {
        cell.daily(6, "docker-hub/library/nginx:1.27.3");
        cell.cached("docker-hub/library/nginx:1.27.3", NOON);
        cell.pulled("docker-hub/library/nginx:1.27.3", NOON.minusSeconds(60));
        cell.listed("docker-hub/library/nginx", "1.27.2", "1.27.3");
        cell.clock.advance(Duration.ofMinutes(5));
        cell.came("docker-hub/library/nginx", "1.27.4", "1.27.4-alpine", "latest-pg17", "2024061");
        List<WarmOrder> orders = cell.plan();
        assertEquals(
                List.of("docker-hub/library/nginx:1.27.4"),
                orders.stream().map(order -> order.image().toString()).toList());
        assertEquals(WarmReason.SUCCESSOR, orders.getFirst().reason());
    }

    @Test
    void aNewVersionThatComesInManyPartsIsNotLessWorthHaving() {
        RepositoryName nginx = new RepositoryName("docker-hub/library/nginx");
        cell.daily(6, nginx + ":1.27.3");
        Digest digest = cell.cached(nginx + ":1.27.3", NOON);
        cell.images.describe(new StoredManifest(
                new Digested(nginx, digest),
                Optional.of("application/vnd.oci.image.index.v1+json"),
                IntStream.range(0, 16)
                        .mapToObj(child -> PlanningCell.digest("child " + child))
                        .collect(Collectors.toSet()),
                Set.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")),
                OptionalLong.of(140_000_000),
                Optional.empty()));
        cell.pulled(nginx + ":1.27.3", NOON.minusSeconds(60));
        cell.listed(nginx.value(), "1.27.2", "1.27.3");
        cell.clock.advance(Duration.ofMinutes(5));
        cell.came(nginx.value(), "1.27.4");
        assertEquals(List.of(nginx + ":1.27.4"), cell.planned());
    }

    @Test
    void aPullThatFailedIsMadeGood() {
        cell.failed("docker-hub/library/redis:7", NOON.minusSeconds(300));
        cell.failed("docker-hub/someone/tool:1", NOON.minusSeconds(300));
        WarmOrder order = cell.plan().getFirst();
        assertEquals("docker-hub/library/redis:7", order.image().toString());
        assertEquals(WarmReason.FAILED_PULL, order.reason());
        cell.images.warmFailed(order.image(), Failure.classify("ImageNotFound", "no such tag"), NOON.plusSeconds(1));
        cell.clock.advance(Duration.ofMinutes(30));
        assertEquals(List.of(), cell.planned(), "a typo is not tried every quarter of an hour");
    }

    @Test
    void whatIsPulledAfterItWasEvictedComesBack() {
        Tagged image = PlanningCell.tagged("docker-hub/library/redis:7");
        new DynamoDbTombstones(cell.local.table())
                .put(List.of(new Tombstone(
                        image.repository(),
                        PlanningCell.digest("redis"),
                        List.of(image.tag()),
                        List.of(),
                        OptionalLong.empty(),
                        NOON.minusSeconds(7200),
                        "not pulled for 30 days",
                        List.of(),
                        "run-1")));
        assertEquals(List.of(), cell.planned());
        cell.pulled(image.toString(), NOON.minusSeconds(600));
        assertEquals(WarmReason.EVICTED_TOO_EARLY, cell.plan().getFirst().reason());
    }

    @Test
    void aTagThatLarderSetIsNotWarmedHoweverOftenItIsPulled() {
        cell.daily(6, "docker-hub/library/nginx:larder-keep-0123456789ab");
        assertEquals(List.of(), cell.planned());
    }

    @Test
    void whatTheAllowListDoesNotHaveIsNotWarmed() {
        cell.daily(6, "docker-hub/someone/tool:1");
        assertEquals(List.of(), cell.planned());
    }

    @Test
    void anUpstreamWithoutBudgetHurtsNoOther() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(40, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS))),
                new Upstream("quay", Registry.QUAY, "quay.io", Optional.empty(), List.of(), Optional.empty()));
        cell.daily(
                6,
                NGINX,
                "docker-hub/library/redis:7",
                "docker-hub/library/postgres:17",
                "quay/team/one:1",
                "quay/team/two:1");
        List<String> ordered = cell.planned();
        assertEquals(
                2,
                ordered.stream()
                        .filter(image -> image.startsWith("docker-hub/"))
                        .count(),
                "half of 10 pulls each, since nobody knows how large they are");
        assertEquals(
                2, ordered.stream().filter(image -> image.startsWith("quay/")).count());
        assertEquals(0, cell.left("docker-hub"));
        List<WarmPlan.Left> left =
                cell.planning().plan(cell.clock.instant()).plan().left();
        assertEquals(1, left.size());
        assertTrue(left.getFirst().reason().startsWith("the budget is spent"), left.toString());
    }

    @Test
    void anUpstreamThatFailsGetsNothingAndThenOneToTry() {
        cell.daily(6, NGINX, "docker-hub/library/redis:7");
        new UpstreamHealth(cell.states).failed("docker-hub", Failure.classify("UpstreamTooManyRequests", ""), NOON);
        assertEquals(List.of(), cell.planned());
        cell.clock.advance(Duration.ofMinutes(6));
        assertEquals(1, cell.planned().size());
    }

    @Test
    void theBytesOfADayAreKept() {
        cell.pin(NGINX, "docker-hub/library/redis:7", "docker-hub/library/postgres:17");
        cell.limit(new Warm.Limits(500, 1_200_000_000L));
        assertEquals(2, cell.planned().size(), "500 MB are assumed of each");
        cell.clock.advance(Duration.ofHours(1));
        assertEquals(List.of(), cell.planned());
        cell.clock.advance(Duration.ofHours(12));
        assertEquals(2, cell.planned().size(), "the next day");
    }

    @Test
    void whatIsPinnedComesFromWhereItCostsLessAndWhatIsPulledFromWhereItIsPulled() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream(
                        "ecr-public",
                        Registry.ECR_PUBLIC,
                        "public.ecr.aws",
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
        cell.pin("docker-hub/library/redis:7");
        cell.tells(List.of(), List.of(new Substitute("docker-hub/library/*", "ecr-public/docker/library/*")));
        cell.daily(6, NGINX);
        assertEquals(List.of("ecr-public/docker/library/redis:7", NGINX), cell.planned());
    }
}
