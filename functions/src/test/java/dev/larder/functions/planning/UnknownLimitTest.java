package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.events.WarmOrder;
import dev.larder.functions.upstream.UpstreamFunds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file has no budget: what is known of an upstream's limit is what it reports. */
class UnknownLimitTest {
    private static final Duration WINDOW = Duration.ofHours(6);
    private static final String QUAY = "quay/team/app:1";

    private final PlanningCell cell = new PlanningCell();

    @BeforeEach
    void begin() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream("quay", Registry.QUAY, "quay.io", Optional.empty(), List.of(), Optional.empty()));
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void theFirstPlanTakesNoMoreOfDockerHubThanItAllowsToAnybody() {
        pinMany();
        List<WarmOrder> first = cell.plan();
        assertTrue(first.size() * 9 <= 50, () -> first.size() + " images of nine manifests, and 50 may be had at once");
        assertEquals(50 - 9 * first.size(), left("docker-hub"));
    }

    @Test
    void whatWasReportedHoldsWhenNothingWasHeardForDays() {
        pinMany();
        cell.states.reported("docker-hub", new ReportedLimit(40, 0, WINDOW), cell.clock.instant());
        assertEquals(List.of(), cell.plan(), "nothing is left of it");
        cell.clock.advance(Duration.ofDays(8));
        assertTrue(cell.plan().size() <= 2, "ten can be had at once");
        assertTrue(left("docker-hub") >= 0);
    }

    @Test
    void whereNobodyKnowsALimitThereIsNone() {
        cell.pin(QUAY);
        assertEquals(1, cell.plan().size());
        assertEquals(Optional.empty(), bucket("quay"));
    }

    @Test
    void whatWasOrderedWhileNoLimitWasKnownIsPaidBeforeItIsImported() {
        cell.pin(QUAY);
        cell.ecr.publish(PlanningCell.tagged(QUAY), "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        cell.states.reported("quay", new ReportedLimit(400, 400, WINDOW), cell.clock.instant());
        cell.work(order);
        double cost = 100 - left("quay");
        assertTrue(cost >= 4, () -> "an index, an image, a configuration and a layer cost " + cost);
    }

    @Test
    void andNotImportedWhereThatIsNotLeft() {
        cell.pin(QUAY);
        cell.ecr.publish(PlanningCell.tagged(QUAY), "linux/amd64");
        WarmOrder order = cell.plan().getFirst();
        cell.states.reported("quay", new ReportedLimit(400, 210, WINDOW), cell.clock.instant());
        cell.work(order);
        assertEquals(List.of(), cell.ecr.calls);
        assertEquals(10, left("quay"));
    }

    private void pinMany() {
        cell.pin(IntStream.range(0, 60)
                .mapToObj(i -> "docker-hub/library/image" + i + ":1")
                .toArray(String[]::new));
    }

    private double left(String prefix) {
        Instant now = cell.clock.instant();
        return Math.floor(bucket(prefix).orElseThrow().at(now).tokens() + 1e-6);
    }

    private Optional<TokenBucket> bucket(String prefix) {
        Upstream upstream = cell.upstreams.stream()
                .filter(one -> one.prefix().equals(prefix))
                .findFirst()
                .orElseThrow();
        return new UpstreamFunds(cell.states).of(upstream, cell.clock.instant()).bucket();
    }
}
