package dev.larder.functions.lookout;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.bus.RecordingBus;
import dev.larder.functions.planning.DynamoDbSightings;
import dev.larder.functions.planning.PlanningCell;
import dev.larder.functions.planning.UpstreamLooks;
import dev.larder.functions.upstream.DynamoDbUnfinishedLists;
import dev.larder.functions.upstream.DynamoDbUpstreamTags;
import dev.larder.functions.upstream.InMemoryRuleChecks;
import dev.larder.functions.warm.Upstreams;
import dev.larder.testevents.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The lookout with its real adapters, at upstreams in memory. */
abstract class LookingFixture {
    static final Instant NOON = PlanningCell.NOON;
    static final String NGINX = "docker-hub/library/nginx";
    static final String REDIS = "docker-hub/library/redis";
    static final String TOOL = "quay/team/tool";
    final PlanningCell cell = new PlanningCell();
    final ListedUpstreams registries = new ListedUpstreams();

    LookOutcome outcome = new LookOutcome(0, 0, List.of());

    @AfterEach
    void close() {
        cell.close();
    }

    /** Docker Hub without a limit, and Quay with one request in 6 hours to be spent at once. */
    void both() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream(
                        "quay",
                        Registry.QUAY,
                        "quay.io",
                        Optional.empty(),
                        List.of(),
                        Optional.of(new Budget(4, Duration.ofHours(6), 50, Budget.Counts.REQUESTS))));
    }

    List<String> look() {
        answer();
        return new ArrayList<>(registries.asked);
    }

    Map<String, Object> answer() {
        registries.asked.clear();
        Upstreams upstreams = new Upstreams(cell.upstreams);
        DynamoDbUpstreamTags tags = new DynamoDbUpstreamTags(cell.local.table(), cell.clock);
        Looking looking = new Looking(
                upstreams,
                new UpstreamLooks(upstreams, cell.warm, cell.ports(), tags),
                registries,
                cell.states,
                tags,
                new DynamoDbUnfinishedLists(cell.local.table(), cell.clock),
                new DynamoDbSightings(cell.local.table(), cell.clock),
                cell.clock);
        UpstreamLookout lookout = new UpstreamLookout(
                new RuleValidation(List.of(), prefix -> Optional.empty(), new InMemoryRuleChecks(), new RecordingBus()),
                () -> {
                    outcome = looking.look();
                    return outcome;
                },
                cell.clock);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            lookout.handleRequest(
                    new ByteArrayInputStream(
                            TestEvents.json("scheduler/look-upstream.json").getBytes(StandardCharsets.UTF_8)),
                    output,
                    null);
            return JSON.std.mapFrom(output.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KnownTags known(String repository) {
        return new DynamoDbUpstreamTags(cell.local.table(), cell.clock).of(new RepositoryName(repository));
    }

    Sightings sightings(String repository) {
        return new DynamoDbSightings(cell.local.table(), cell.clock)
                .of("docker-hub")
                .get(new RepositoryName(repository));
    }
}
