package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an upstream answers, and how it fails. */
class UpstreamRegistryTest extends UpstreamClientFixture {
    static Stream<Arguments> faults() {
        Duration long1 = Duration.ofSeconds(2);
        return Stream.of(
                Arguments.of(new Fault.Status(401), UpstreamFailure.ACCESS_DENIED, "401"),
                Arguments.of(new Fault.Status(403), UpstreamFailure.ACCESS_DENIED, "403"),
                Arguments.of(new Fault.Status(404), UpstreamFailure.NOT_FOUND, "404"),
                Arguments.of(new Fault.Status(429), UpstreamFailure.TOO_MANY_REQUESTS, "429"),
                Arguments.of(new Fault.Status(500), UpstreamFailure.UNAVAILABLE, "500"),
                Arguments.of(new Fault.Status(503), UpstreamFailure.UNAVAILABLE, "503"),
                Arguments.of(new Fault.Garbage(), UpstreamFailure.UNAVAILABLE, "no manifest"),
                Arguments.of(new Fault.WrongBytes(), UpstreamFailure.UNAVAILABLE, "instead of"),
                Arguments.of(new Fault.Truncated(), UpstreamFailure.UNAVAILABLE, "broke off"),
                Arguments.of(new Fault.Hang(long1), UpstreamFailure.UNAVAILABLE, "no answer within"),
                Arguments.of(new Fault.Stall(long1), UpstreamFailure.UNAVAILABLE, "sent nothing for 300 ms"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultOfAManifestHasItsCodeAndSaysWhatToDo(Fault fault, UpstreamFailure code, String finding)
            throws Exception {
        fixture.publish("app", "1", FixtureImage.small(1));
        fixture.faults(request -> Optional.of(fault));

        UpstreamException failure = failure(() -> upstream().manifest("app", "1"));

        assertEquals(code, failure.failure(), failure.reason());
        assertTrue(failure.reason().startsWith("could not get the manifest app:1 from http://"), failure.reason());
        assertTrue(failure.reason().contains(finding), failure.reason());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultOfABlobEndsTheImportAndRecordsNothing(Fault fault, UpstreamFailure code, String finding)
            throws Exception {
        fixture.publish("app", "1", FixtureImage.small(1));
        MemoryCacheState state = new MemoryCacheState();
        state.rule("mirror", fixture.url());
        RecordedEvents events = new RecordedEvents();
        PullThrough images = new PullThrough(state, events, arn -> Optional.empty(), new MovableClock(), QUICK);
        fixture.faults(request -> request.isBlob() ? Optional.of(fault) : Optional.empty());

        ImageUnavailableException failure =
                assertThrows(ImageUnavailableException.class, () -> images.get("mirror/app", "1"));

        // a part that is not there is a broken upstream, not an image that does not exist
        UpstreamFailure expected = code == UpstreamFailure.NOT_FOUND ? UpstreamFailure.UNAVAILABLE : code;
        assertEquals(expected.failureCode(), failure.failureCode(), failure.getMessage());
        assertEquals(Map.of(), state.repositories());
        assertEquals(List.of("FAILURE mirror/app:1 " + expected.failureCode()), events.lines);
        fixture.heal();
        assertFalse(images.get("mirror/app", "1").children().isEmpty());
    }

    @Test
    void anUpstreamThatIsOffIsUnavailable() throws Exception {
        fixture.switchOff();

        UpstreamException failure = failure(() -> upstream().manifest("app", "1"));

        assertEquals(UpstreamFailure.UNAVAILABLE, failure.failure());
        assertTrue(failure.reason().contains("no connection to 127.0.0.1:" + fixture.port()), failure.reason());
    }

    @Test
    void aRedirectInACircleEnds() throws Exception {
        HttpServer registry = serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "/again");
            exchange.sendResponseHeaders(302, -1);
        });
        try {
            UpstreamException failure =
                    failure(() -> UpstreamRegistry.at("http://127.0.0.1:" + port(registry), Optional.empty(), QUICK)
                            .manifest("app", "1"));
            assertTrue(failure.reason().contains("redirects more than 5 times"), failure.reason());
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void aManifestBeyondFourMebibytesIsRefused() throws Exception {
        HttpServer registry = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[(4 << 20) + 1]);
        });
        try {
            UpstreamException failure =
                    failure(() -> UpstreamRegistry.at("http://127.0.0.1:" + port(registry), Optional.empty(), QUICK)
                            .manifest("app", "1"));
            assertEquals(UpstreamFailure.UNAVAILABLE, failure.failure());
            assertTrue(failure.reason().contains("larger than 4194304 bytes"), failure.reason());
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void theRateLimitIsReadAndToldWhenItIsUsedUp() throws Exception {
        HttpServer registry = serve(exchange -> {
            exchange.getResponseHeaders().set("ratelimit-limit", "100;w=21600");
            exchange.getResponseHeaders().set("ratelimit-remaining", "0;w=21600");
            exchange.sendResponseHeaders(429, -1);
        });
        try {
            UpstreamRegistry upstream =
                    UpstreamRegistry.at("http://127.0.0.1:" + port(registry), Optional.empty(), QUICK);
            UpstreamException failure = failure(() -> upstream.manifest("app", "1"));
            assertEquals(Optional.of(new ReportedLimit(100, 0, Duration.ofHours(6))), upstream.rateLimit());
            assertTrue(failure.reason().contains("0 of 100 pulls are left in 6 h"), failure.reason());
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void aServerThatSpeaksNoHttpIsUnavailable() throws Exception {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (java.net.Socket client = socket.accept()) {
                    client.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // the test has ended
                }
            });
            UpstreamException failure = failure(
                    () -> UpstreamRegistry.at("http://127.0.0.1:" + socket.getLocalPort(), Optional.empty(), QUICK)
                            .manifest("app", "1"));
            assertEquals(UpstreamFailure.UNAVAILABLE, failure.failure());
        }
    }

    @Test
    void aUrlThatIsNoneIsTold() {
        for (String url : List.of("", "ftp://x", "http://", "a b")) {
            UpstreamException failure = failure(() -> UpstreamRegistry.at(url, Optional.empty(), QUICK));
            assertTrue(failure.reason().contains("'" + url + "'"), failure.reason());
        }
        assertEquals("https://quay.io", base("quay.io"));
        assertEquals("http://127.0.0.1:5001", base("http://127.0.0.1:5001/"));
    }

    private static String base(String url) {
        try {
            return UpstreamEndpoint.base(url).toString();
        } catch (UpstreamException e) {
            throw new AssertionError(e);
        }
    }
}
