package dev.larder.functions.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.upstream.Failure;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamoDbUpstreamStatesTest extends UpstreamStatesContract {
    private final LocalTable table = new LocalTable();
    private final UpstreamStates states = new DynamoDbUpstreamStates(table.table());

    @Override
    UpstreamStates states() {
        return states;
    }

    @Test
    void anItemThatCountsFailuresInsteadOfImagesIsTakenOn() {
        Instant noon = Instant.parse("2026-11-24T12:00:00Z");
        table.table()
                .update(
                        Key.upstream("quay"),
                        "SET failures = :failures, trips = :trips, lastFailureAt = :at",
                        "attribute_not_exists(pk)",
                        Map.of(
                                ":failures", Values.number(3),
                                ":trips", Values.number(0),
                                ":at", Values.instant(noon)));
        new UpstreamHealth(states)
                .failed("quay", "quay/team/app:1", Failure.classify("UpstreamUnavailable", ""), noon.plusSeconds(1));
        assertEquals(List.of("quay/team/app:1"), states.of("quay").circuit().suspects());
    }

    @AfterEach
    void close() {
        table.close();
    }
}
