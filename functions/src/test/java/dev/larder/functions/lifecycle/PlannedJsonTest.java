package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Reason;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.lifecycle.Value;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedJsonTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");

    @Test
    void whatIsWrittenIsReadBack() {
        assertEquals(planned(3), PlannedJson.read(PlannedJson.write(planned(3))));
    }

    @Test
    void anOfferThatAnOlderVersionWroteHasOneTop() {
        Map<String, Object> fields = new HashMap<>(PlannedJson.write(planned(3)));
        fields.put(
                "offers",
                PlannedJson.objects(fields, "offers")
                        .map(PlannedJsonTest::older)
                        .toList());
        assertEquals(planned(1), PlannedJson.read(fields));
    }

    private static Map<?, ?> older(Map<?, ?> offer) {
        Map<?, ?> fields = new HashMap<>(offer);
        fields.remove("tops");
        return fields;
    }

    private static PlannedRepository planned(int tops) {
        return new PlannedRepository(
                NGINX,
                new Totals(9, 4, 900),
                Map.of("pulled", 2L),
                List.of(offer(tops), offer(tops).kept(Instant.parse("2026-11-01T00:00:00.123Z"))));
    }

    private static Offer offer(int tops) {
        return new Offer(
                NGINX,
                new Digest("sha256:" + "ab".repeat(32)),
                7,
                tops,
                700,
                Instant.parse("2026-10-01T00:00:00Z"),
                new Value(1.5),
                Reason.NOT_PULLED,
                "**");
    }
}
