package dev.larder.local.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RateLimitedProxyTest {
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-24T10:00:20Z"));
    private FixtureRegistry registry;
    private RateLimitedProxy proxy;

    @BeforeEach
    void start() throws Exception {
        registry = FixtureRegistry.start();
        proxy = RateLimitedProxy.start("127.0.0.1:" + registry.port(), 2, Duration.ofMinutes(1));
        proxy.follow(time::get);
    }

    @AfterEach
    void stop() {
        proxy.close();
        registry.close();
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(proxy.url() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void itPassesOnWhatTheRegistryAnswersAndSaysHowManyRequestsAreLeft() throws Exception {
        Digest digest = registry.publish("team/app", "1", FixtureImage.small(1));

        HttpResponse<String> head = send("HEAD", "/v2/team/app/manifests/1");
        HttpResponse<String> get = send("GET", "/v2/team/app/manifests/1");

        assertEquals(200, head.statusCode());
        assertEquals(
                digest.value(),
                head.headers().firstValue("docker-content-digest").orElse(""));
        assertEquals("2;w=60", head.headers().firstValue("ratelimit-limit").orElse(""));
        assertEquals("1;w=60", head.headers().firstValue("ratelimit-remaining").orElse(""));
        assertEquals(200, get.statusCode());
        assertTrue(get.body().contains("\"manifests\""), get.body());
        assertEquals("0;w=60", get.headers().firstValue("ratelimit-remaining").orElse(""));
    }

    @Test
    void itRefusesWhatIsTooMuchUntilTheWindowIsOver() throws Exception {
        send("GET", "/v2/");
        send("GET", "/v2/");

        HttpResponse<String> third = send("GET", "/v2/");
        time.set(Instant.parse("2026-11-24T10:01:00Z"));
        HttpResponse<String> later = send("GET", "/v2/");

        assertEquals(429, third.statusCode());
        assertEquals("41", third.headers().firstValue("retry-after").orElse(""));
        assertEquals("0;w=60", third.headers().firstValue("ratelimit-remaining").orElse(""));
        assertEquals(200, later.statusCode());
        assertEquals(1, proxy.refused().size());
        assertEquals(
                "{2026-11-24T10:00:00Z=3, 2026-11-24T10:01:00Z=1}",
                proxy.perWindow().toString());
    }

    @Test
    void itCanBeToldToLetNothingThrough() throws Exception {
        send("GET", "/v2/");
        proxy.allow(0);

        assertEquals(429, send("GET", "/v2/").statusCode());
    }
}
