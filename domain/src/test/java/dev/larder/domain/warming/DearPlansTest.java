package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.candidate;
import static dev.larder.domain.warming.WarmPlanTest.AMPLE;
import static dev.larder.domain.warming.WarmPlanTest.UPSTREAMS;
import static dev.larder.domain.warming.WarmPlanTest.WINDOW;
import static dev.larder.domain.warming.WarmPlanTest.buckets;
import static dev.larder.domain.warming.WarmPlanTest.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Allowance;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.LimitReport;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.StatedLimit;
import dev.larder.domain.upstream.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan makes of images that cost more than half of an upstream's share, or more than all of it. */
class DearPlansTest {
    @Test
    void whatCostsMoreThanTheWholeShareDoesNotBlockTheOthers() {
        List<WarmPlanTest.Want> wants =
                List.of(new WarmPlanTest.Want(0, true, 11, 1, 1), new WarmPlanTest.Want(0, false, 2, 1, 1));
        WarmPlan plan = plan(wants, buckets(TokenBucket.full(new Share(10, WINDOW), NOW)), AMPLE, NOW);
        assertEquals(1, plan.orders().size());
        assertTrue(plan.left().getFirst().reason().contains("share of the limit is 10"), plan.toString());
    }

    @Test
    void whatCostsMoreThanTheBucketHoldsGoesAloneAfterAnIdleWindow() {
        List<WarmPlanTest.Want> wants =
                List.of(new WarmPlanTest.Want(0, true, 6, 1, 1), new WarmPlanTest.Want(0, false, 2, 1, 1));
        Map<String, Funds> funds = buckets(TokenBucket.full(new Share(10, WINDOW), NOW));
        assertEquals(
                List.of(),
                plan(wants, funds, AMPLE, NOW.plus(WINDOW).minusSeconds(1)).orders());
        Instant idle = NOW.plus(WINDOW.multipliedBy(9).dividedBy(8));
        assertEquals(List.of(), plan(wants, funds, AMPLE, idle.minusSeconds(1)).orders());
        WarmPlan waiting = plan(wants, funds, AMPLE, NOW);
        assertEquals(
                "docker-hub.0",
                waiting.dear().get(UPSTREAMS.getFirst()).image().toString().replaceAll(".*:", ""));
        List<Candidate> orders = plan(wants, funds, AMPLE, idle).orders();
        assertEquals(
                List.of(6), orders.stream().map(order -> order.price().tokens()).toList());
    }

    @Test
    void whatOthersHaveLeftTooLittleForKeepsNobodyWaiting() {
        Duration window = Duration.ofHours(6);
        StatedLimit file = new StatedLimit(200, window, 85);
        WarmPlanTest.Want dear = new WarmPlanTest.Want(0, true, 17, 1, 1);
        WarmPlanTest.Want cheap = new WarmPlanTest.Want(0, false, 3, 1, 1);
        for (int remaining : List.of(187, 186)) {
            LimitReport report = LimitReport.of(new ReportedLimit(200, remaining, window), NOW.minusSeconds(60));
            TokenBucket bucket = new Allowance(Optional.of(file), Optional.of(report))
                    .bucket(NOW)
                    .orElseThrow();
            WarmPlan plan = plan(List.of(dear, cheap), buckets(bucket), AMPLE, NOW);
            boolean left = remaining >= 187;
            assertEquals(left ? 17 : 3, plan.orders().getFirst().price().tokens());
            assertEquals(1, plan.orders().size());
            assertEquals(
                    !left,
                    WarmPlan.isPassedOver(WarmPlanTest.of(dear, 0), UPSTREAMS.getFirst(), buckets(bucket), AMPLE));
            String because = plan.left().getFirst().reason();
            assertTrue(left || because.contains("others have left Larder 16 of it"), because);
        }
    }

    @Test
    void whatCouldNeverBeOrderedIsPassedOver() {
        TokenBucket bucket = TokenBucket.holding(new Share(40, Duration.ofHours(6)), 0, NOW);
        Map<String, Funds> funds = Map.of("quay", new Funds(Circuit.CLOSED, Optional.of(bucket)));
        int dearest = (int) Math.floor(bucket.dearest());
        WarmLimits limits = new WarmLimits(10, 100);
        assertFalse(WarmPlan.isPassedOver(costing(dearest, 100), "quay", funds, limits));
        assertTrue(WarmPlan.isPassedOver(costing(dearest + 1, 100), "quay", funds, limits));
        assertFalse(WarmPlan.isPassedOver(costing(dearest + 1, 100), "mirror", funds, limits), "it has no limit");
        assertTrue(WarmPlan.isPassedOver(costing(1, 101), "quay", funds, limits));
    }

    private static Candidate costing(int tokens, long bytes) {
        return candidate("dear", true, 1, tokens, bytes, NOW);
    }
}
