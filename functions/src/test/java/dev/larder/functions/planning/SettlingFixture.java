package dev.larder.functions.planning;

import dev.larder.config.Budget;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A cell that plans with a budget, for tests of what orders come to cost. */
abstract class SettlingFixture {
    static final Instant NOON = PlanningCell.NOON;
    static final Tagged NGINX = PlanningCell.tagged("docker-hub/library/nginx:1.27");

    /** A month, so that next to nothing comes back by itself. */
    static final Budget BUDGET = new Budget(400, Duration.ofDays(30), 50, Budget.Counts.MANIFESTS);

    final PlanningCell cell = new PlanningCell();

    @BeforeEach
    void begin() {
        cell.upstreams = List.of(PlanningCell.hub(Optional.of(BUDGET)));
        cell.pin(NGINX.toString());
    }

    @AfterEach
    void close() {
        cell.close();
    }

    double left() {
        return Math.floor(cell.left("docker-hub") + 1e-6);
    }
}
