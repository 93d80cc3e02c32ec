package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDigestTest {
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Digested NGINX = (Digested) ImageReference.parse("mirror/library/nginx@" + DIGEST);
    private static final String HEAD = "HEAD /v2/library/nginx/manifests/" + DIGEST;

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final UpstreamRegistries client = Looks.anonymous(Looks.LOOK);

    @AfterEach
    void close() {
        registry.close();
    }

    private Upstream limited() {
        return new Upstream(
                "mirror",
                Registry.CUSTOM,
                registry.url(),
                Optional.empty(),
                List.of(),
                Optional.of(new Budget(100, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS)));
    }

    @ParameterizedTest
    @CsvSource({"Docker-Content-Digest", "Server"})
    void aHeadRequestIsEnoughWithOrWithoutTheDigestInItsAnswer(String header) {
        registry.script(request -> Reply.of(200, "", header, DIGEST.value()));
        assertEquals(new Looked.Found<>(DIGEST, 1, Optional.empty()), client.digest(registry.upstream(), NGINX));
        assertEquals(List.of(HEAD), registry.lines());
    }

    @Test
    void anotherManifestIsNotThisOne() {
        registry.script(request -> Reply.of(200, "", "Docker-Content-Digest", "sha256:" + "2".repeat(64)));
        Failure failure =
                Looks.refused(FailureKind.BAD_ANSWER, "OtherDigest", client.digest(registry.upstream(), NGINX));
        assertTrue(failure.reason().contains("it answered with the manifest 'sha256:2222"), failure.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND, Http404",
        "401, DENIED, LoginRequired",
        "403, DENIED, Http403",
        "429, UPSTREAM_LIMIT, Http429",
        "503, UPSTREAM_UNAVAILABLE, Http503",
    })
    void everyRefusalHasItsKind(int status, FailureKind kind, String code) {
        registry.script(request -> Reply.of(status, "", "WWW-Authenticate", "Basic realm=\"here\""));
        Failure failure = Looks.refused(kind, code, client.digest(limited(), NGINX));
        assertTrue(
                failure.reason()
                        .startsWith("could not check for library/nginx@" + DIGEST + " at " + registry.url()
                                + ": it answered " + status),
                failure.reason());
        assertEquals(List.of(HEAD), registry.lines());
    }

    @Test
    void aRegistryThatOnlyKnowsGetIsAskedByGetWhereThatCostsNothing() {
        registry.script(request ->
                request.method().equals("HEAD") ? Reply.of(404, "") : Reply.of(200, "{\"schemaVersion\":2}"));
        assertEquals(new Looked.Found<>(DIGEST, 2, Optional.empty()), client.digest(registry.upstream(), NGINX));
        registry.script(request -> Reply.of(404, ""));
        Looks.refused(FailureKind.NOT_FOUND, "Http404", client.digest(registry.upstream(), NGINX));
    }
}
