package dev.larder.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The clock of the local cloud that runs on this machine, which may be ahead of the machine's own. */
final class LocalClock {
    /** Where the local cloud's AWS endpoint is, unless it was started with another port. */
    static final String ENDPOINT = "http://127.0.0.1:4566";

    private LocalClock() {}

    /**
     * Asks the cloud.
     *
     * @throws IllegalStateException when no local cloud answers
     */
    static InstantSource read(String endpoint) {
        try (InputStream answer =
                URI.create(endpoint + "/_larder/clock").toURL().openStream()) {
            Map<String, Object> clock = JSON.std.mapFrom(answer);
            Duration ahead = Duration.between(Instant.now(), Instant.parse(String.valueOf(clock.get("now"))));
            return Clock.offset(Clock.systemUTC(), ahead);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no local cloud answers at " + endpoint + "; start one with ./larder up", e);
        }
    }
}
