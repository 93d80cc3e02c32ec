package dev.larder.functions.planning;

import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import org.junit.jupiter.api.AfterEach;

/** A cell that plans, for tests of what its file pins. */
abstract class PinFixture {
    static final String NGINX = "docker-hub/library/nginx";

    static final Digested DIGEST = new Digested(new RepositoryName(NGINX), PlanningCell.digest("what the pin names"));
    final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }
}
