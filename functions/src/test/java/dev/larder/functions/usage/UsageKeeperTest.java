package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.functions.Messages;
import dev.larder.functions.ecr.FakeRegistry;
import dev.larder.testevents.TestEvents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageKeeperTest {
    private static final Instant NIGHT = Instant.parse("2026-11-25T03:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");

    private final UsageFixture fixture = new UsageFixture();
    private boolean countable = true;
    private final RollupLease lease = new RollupLease(fixture.local.table());

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theHourlyRunClosesDays() throws IOException {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-node-role.json"));
        String answer = run("scheduler/roll-up-usage.json");
        assertTrue(answer.startsWith("{\"rolledUp\":"), answer);
        assertEquals(
                1,
                fixture.days
                        .kept(UsageFixture.tag("docker-hub/library/nginx:1.27"), DAY)
                        .orElseThrow()
                        .usage()
                        .pulls());
        assertTrue(lease.take("another", NIGHT), "the lease is given back");
    }

    @Test
    void whileAnotherRunClosesDaysThisOneDoesNothing() throws IOException {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-node-role.json"));
        assertTrue(lease.take("another", NIGHT.minusSeconds(60)));
        assertEquals("{\"rolledUp\":0}", run("scheduler/roll-up-usage.json"));
        assertEquals(Optional.empty(), fixture.days.closedThrough());
    }

    @Test
    void theOtherRunSaysWhatTheWitnessesSay() throws IOException {
        fixture.state.begin(NIGHT.minusSeconds(60));
        String answer = run("scheduler/reconcile-usage.json");
        assertTrue(answer.contains("\"trail\":\"None\""), answer);
        assertTrue(answer.contains("\"gaps\":1"), answer);
    }

    @Test
    void aWitnessThatIsNotHeardShowsAsAFailureAfterTheOthersWereHeard() {
        countable = false;
        fixture.state.begin(NIGHT.minusSeconds(60));
        assertThrows(IllegalStateException.class, () -> run("scheduler/reconcile-usage.json"));
        assertTrue(fixture.state.reconciled().isPresent());
        assertEquals("none", fixture.state.trail().orElseThrow().kind());
    }

    @Test
    void anotherTaskIsAMistakeThatShows() {
        assertThrows(IOException.class, () -> run("scheduler/plan-warming.json"));
    }

    private long count() {
        if (!countable) {
            throw new IllegalStateException("no count");
        }
        return 0;
    }

    private String run(String file) throws IOException {
        UsageKeeper keeper = new UsageKeeper(
                fixture.rollup(),
                () -> new Reconciliation(
                        fixture.upstreams,
                        new FakeRegistry(() -> NIGHT),
                        fixture.images,
                        new LogFetches(fixture.log, fixture.days, () -> NIGHT),
                        fixture.state,
                        TrailState.None::new,
                        this::count,
                        () -> NIGHT),
                lease,
                () -> NIGHT);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        keeper.handleRequest(
                new ByteArrayInputStream(TestEvents.json(file).getBytes(StandardCharsets.UTF_8)), output, null);
        return output.toString(StandardCharsets.UTF_8);
    }
}
