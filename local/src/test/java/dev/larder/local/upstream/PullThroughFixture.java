package dev.larder.local.upstream;

import dev.larder.local.fixture.FixtureRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pull-through cache of an upstream, by a clock that can be moved. */
abstract class PullThroughFixture {
    static final String NGINX = "mirror/library/nginx";

    static final UpstreamLimits QUICK =
            new UpstreamLimits(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(300), 4 << 20);
    final FixtureRegistry upstream = FixtureRegistry.start();
    final MemoryCacheState state = new MemoryCacheState();
    final RecordedEvents events = new RecordedEvents();
    final MovableClock clock = new MovableClock();
    final Map<String, UpstreamCredentials> secrets = new HashMap<>();

    final PullThrough images =
            new PullThrough(state, events, arn -> Optional.ofNullable(secrets.get(arn)), clock, QUICK);

    @BeforeEach
    void cacheTheUpstream() {
        state.rule("mirror", upstream.url());
    }

    @AfterEach
    void stop() {
        upstream.close();
    }
}
