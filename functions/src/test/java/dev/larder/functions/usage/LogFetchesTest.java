package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFetchesTest {
    private static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    private static final ImageReference IMAGE = ImageReference.parse("docker-hub/library/nginx:1.27");
    private static final Instant PULLED = Instant.parse("2026-11-24T10:16:00Z");

    private final UsageFixture fixture = new UsageFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPullIsSeenAsSoonAsItIsLogged() {
        LogFetches fetches = fetches();
        pull("one", PULLED);
        assertEquals(Map.of(IMAGE, PULLED), fetches.of(NGINX));
        fixture.now = PULLED.plusSeconds(600);
        pull("two", PULLED.plusSeconds(590));
        assertEquals(Map.of(IMAGE, PULLED.plusSeconds(590)), fetches.of(NGINX));
        assertEquals(Map.of(), fetches.of(new RepositoryName("docker-hub/library/redis")));
    }

    @Test
    void aPullWhoseEventCameHoursLateIsSeen() {
        fixture.now = PULLED.plus(Duration.ofHours(9));
        LogFetches fetches = fetches();
        assertEquals(Map.of(), fetches.of(NGINX));
        fixture.now = fixture.now.plusSeconds(30);
        pull("late", PULLED);
        assertEquals(Map.of(IMAGE, PULLED), fetches.of(NGINX));
    }

    @Test
    void aPullThatCameAfterItsDayWasClosedIsSeenBeforeTheDayIsClosedAgain() {
        fixture.rollUp(PULLED.plus(Duration.ofDays(3)));
        pull("late", PULLED);
        assertEquals(Map.of(IMAGE, PULLED), fetches().of(NGINX));
    }

    @Test
    void whatFailedProtectsNothing() {
        fixture.deliver(Messages.files("cloudtrail/batch-get-image-access-denied.json"));
        assertEquals(Map.of(), fetches().of(NGINX));
    }

    private LogFetches fetches() {
        return new LogFetches(fixture.log, fixture.days, () -> fixture.now);
    }

    private void pull(String event, Instant time) {
        fixture.deliver(Messages.of(List.of(Messages.pull(NGINX.value(), "1.27", "eks-node", event, time))));
    }
}
