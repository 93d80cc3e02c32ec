package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTagTest {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("mirror/library/nginx:1.27");
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final String HEAD = "HEAD /v2/library/nginx/manifests/1.27";

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final UpstreamRegistries client = Looks.anonymous(Looks.LOOK);

    @AfterEach
    void close() {
        registry.close();
    }

    private Upstream limited(Registry kind) {
        return new Upstream(
                "mirror",
                kind,
                registry.url(),
                Optional.empty(),
                List.of(),
                Optional.of(new Budget(100, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS)));
    }

    private Looked<Digest> look() {
        return client.digest(registry.upstream(), NGINX);
    }

    @Test
    void aTagsDigestIsHadByOneHeadRequestThatAsksForIndexesFirst() {
        registry.script(request -> Reply.of(200, "", "Docker-Content-Digest", DIGEST.value()));
        assertEquals(new Looked.Found<>(DIGEST, 1, Optional.empty()), look());
        assertEquals(List.of(HEAD), registry.lines());
        assertEquals(
                Optional.of("application/vnd.oci.image.index.v1+json,"
                        + " application/vnd.docker.distribution.manifest.list.v2+json,"
                        + " application/vnd.oci.image.manifest.v1+json,"
                        + " application/vnd.docker.distribution.manifest.v2+json"),
                registry.requests().getFirst().header("accept"));
    }

    @Test
    void theLimitThatItReportsIsPassedOnAndNonsenseIsNot() {
        registry.script(request -> Reply.of(
                200,
                "",
                "Docker-Content-Digest",
                DIGEST.value(),
                "ratelimit-limit",
                "100;w=21600",
                "ratelimit-remaining",
                "76;w=21600"));
        assertEquals(Optional.of(new ReportedLimit(100, 76, Duration.ofHours(6))), look().limit());
        registry.script(request -> Reply.of(
                200,
                "",
                "Docker-Content-Digest",
                DIGEST.value(),
                "ratelimit-limit",
                "100;w=21600",
                "ratelimit-remaining",
                "1000000;w=21600"));
        assertEquals(Optional.empty(), look().limit());
    }

    @ParameterizedTest
    @CsvSource({
        "401, DENIED, LoginRequired, ''",
        "403, DENIED, Http403, ''",
        "404, NOT_FOUND, Http404, ''",
        "405, BAD_ANSWER, Http405, ''",
        "429, UPSTREAM_LIMIT, Http429, to wait 30 s",
        "500, UPSTREAM_UNAVAILABLE, Http500, ''",
        "503, UPSTREAM_UNAVAILABLE, Http503, ''",
        "204, BAD_ANSWER, Http204, ''",
    })
    void everyRefusalHasItsKindAndSaysWhatWasAsked(int status, FailureKind kind, String code, String finding) {
        registry.script(request -> Reply.of(
                status,
                "",
                "Retry-After",
                "30",
                "WWW-Authenticate",
                "Basic realm=\"here\"",
                "ratelimit-limit",
                "100;w=21600",
                "ratelimit-remaining",
                "0;w=21600"));
        Looked<Digest> looked = client.digest(limited(Registry.CUSTOM), NGINX);
        Failure failure = Looks.refused(kind, code, looked);
        assertTrue(
                failure.reason()
                        .startsWith("could not check the tag library/nginx:1.27 at " + registry.url() + ": it answered "
                                + status),
                failure.reason());
        assertTrue(failure.reason().contains(finding), failure.reason());
        assertEquals(Optional.of(new ReportedLimit(100, 0, Duration.ofHours(6))), looked.limit());
        assertEquals(List.of(HEAD), registry.lines());
    }

    @ParameterizedTest
    @CsvSource({"404", "405", "501", "200"})
    void aRegistryThatOnlyKnowsGetIsAskedByGetWhereThatCostsNothing(int status) {
        registry.script(request -> request.method().equals("HEAD")
                ? Reply.of(status, "")
                : Reply.of(200, "{}", "Docker-Content-Digest", DIGEST.value()));
        assertEquals(new Looked.Found<>(DIGEST, 2, Optional.empty()), look());
        registry.forget();
        Looks.refused(
                status == 404 ? FailureKind.NOT_FOUND : FailureKind.BAD_ANSWER,
                status == 200 ? "NoDigest" : "Http" + status,
                client.digest(limited(Registry.DOCKER_HUB), NGINX));
        assertEquals(List.of(HEAD), registry.lines());
    }

    @Test
    void aManifestThatComesWithoutItsDigestIsCounted() {
        registry.script(request -> Reply.of(200, "{\"schemaVersion\":2}"));
        assertEquals(
                new Digest("sha256:bafebd36189ad3688b7b3915ea55d461e0bfcfbdde11e54b0a123999fb6be50f"),
                Looks.found(look()));
    }

    @ParameterizedTest
    @CsvSource({"''", "{}", "<html>Please log in</html>", "[1]"})
    void whatIsNoManifestHasNoDigest(String body) {
        registry.script(request -> Reply.of(200, body));
        Looks.refused(FailureKind.BAD_ANSWER, "NoDigest", look());
    }

    @Test
    void aManifestWithoutEndIsNotReadToItsEnd() {
        registry.script(request -> Reply.streaming(exchange -> {
            byte[] zeros = new byte[64 << 10];
            while (true) {
                exchange.getResponseBody().write(zeros);
            }
        }));
        Looks.refused(FailureKind.TOO_LARGE, "ManifestTooLarge", look());
    }

    @ParameterizedTest
    @CsvSource({"sha256:short", "sha512:11", "SHA256:1111111111111111111111111111111111111111111111111111111111111111"})
    void aDigestThatIsNoneIsNotBelieved(String digest) {
        registry.script(request -> Reply.of(200, "", "Docker-Content-Digest", digest));
        Looks.refused(FailureKind.BAD_ANSWER, "BadDigest", look());
    }

    @Test
    void aRegistryThatSaysNothingIsGivenUp() {
        registry.script(request -> {
            sleep(Duration.ofSeconds(3));
            return Reply.of(200, "");
        });
        long start = System.nanoTime();
        Failure failure = Looks.refused(
                FailureKind.NETWORK,
                "Timeout",
                Looks.anonymous(Duration.ofMillis(300)).digest(registry.upstream(), NGINX));
        assertTrue(failure.reason().contains("not done after 0.3 s and 1 requests"), failure.reason());
        assertTrue(System.nanoTime() - start < 2_000_000_000L);
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        Upstream gone = registry.upstream();
        registry.close();
        Failure failure = Looks.refused(FailureKind.NETWORK, "ConnectException", client.digest(gone, NGINX));
        assertTrue(failure.reason().contains("no connection to 127.0.0.1:"), failure.reason());
    }

    @Test
    void aRedirectIsFollowedAsRegistryK8sIoWantsIt() {
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            registry.script(request -> Reply.of(307, "", "Location", other.url() + request.target()));
            other.script(request -> Reply.of(200, "", "Docker-Content-Digest", DIGEST.value()));
            assertEquals(DIGEST, Looks.found(look()));
            assertEquals(List.of(HEAD), other.lines());
        }
    }

    @ParameterizedTest
    @CsvSource({"file:///etc/passwd", "ftp://127.0.0.1/", "''", "http://user@127.0.0.1/", "http://["})
    void aRedirectToWhatIsNoServerIsNot(String location) {
        registry.script(request -> Reply.of(302, "", "Location", location));
        Looks.refused(FailureKind.BAD_ANSWER, "Redirects", look());
    }

    @Test
    void aRedirectInACircleEnds() {
        registry.script(request -> Reply.of(302, "", "Location", request.target()));
        Looks.refused(FailureKind.BAD_ANSWER, "Redirects", look());
        assertEquals(6, registry.requests().size());
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
