package dev.larder.local.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.larder.events.image.Digest;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Sha256;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Tokens, passwords and redirects: who is told which. */
class UpstreamCredentialsTest extends UpstreamClientFixture {
    @Test
    void aBearerTokenIsFetchedOnceAndAgainWhenItIsTakenBack() throws Exception {
        fixture.requireToken();
        Digest published = fixture.publish("app", "1", FixtureImage.small(1));
        UpstreamRegistry upstream = upstream();

        assertEquals(published, upstream.manifest("app", "1").digest());
        assertEquals(Optional.of(published), upstream.digest("app", "1"));
        assertEquals(1, tokensAsked());
        fixture.revokeTokens();
        assertEquals(published, upstream.manifest("app", "1").digest());
        assertEquals(2, tokensAsked());
    }

    private long tokensAsked() {
        return fixture.requests().stream()
                .filter(request -> request.path().equals("/token"))
                .count();
    }

    @Test
    void credentialsGoToTheTokenServerAndNotToTheRegistry() throws Exception {
        fixture.requireToken("larder", "s3cret");
        fixture.publish("app", "1", FixtureImage.small(1));

        upstream(new UpstreamCredentials("larder", "s3cret")).manifest("app", "1");

        fixture.requests()
                .forEach(request -> assertEquals(
                        request.path().equals("/token"),
                        request.authorization().orElse("").startsWith("Basic ")));
    }

    @Test
    void wrongCredentialsAreDeniedWithAHintToTheSecret() throws Exception {
        fixture.requireToken("larder", "s3cret");
        fixture.publish("app", "1", FixtureImage.small(1));

        UpstreamException failure = failure(
                () -> upstream(new UpstreamCredentials("larder", "guess")).manifest("app", "1"));

        assertEquals(UpstreamFailure.ACCESS_DENIED, failure.failure());
        assertTrue(failure.reason().contains("cache rule's secret"), failure.reason());
        assertFalse(failure.reason().contains("guess"), failure.reason());
    }

    @Test
    void basicCredentialsAreSentWhenAskedFor() throws Exception {
        fixture.requireBasic("larder", "s3cret");
        Digest published = fixture.publish("app", "1", FixtureImage.small(1));

        assertEquals(
                published,
                upstream(new UpstreamCredentials("larder", "s3cret"))
                        .manifest("app", "1")
                        .digest());
        assertEquals(
                UpstreamFailure.ACCESS_DENIED,
                failure(() -> upstream().manifest("app", "1")).failure());
    }

    @Test
    void aRedirectIsFollowedWithoutTheAuthorization() throws Exception {
        byte[] blob = "layer".getBytes(StandardCharsets.UTF_8);
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer storage = serve(exchange -> {
            seen.add("storage " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, blob.length);
            exchange.getResponseBody().write(blob);
        });
        HttpServer registry = serve(exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add("registry " + authorization);
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"r\"");
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port(storage) + "/signed?x=1");
            exchange.sendResponseHeaders(authorization == null ? 401 : 307, -1);
        });
        try {
            UpstreamRegistry upstream = UpstreamRegistry.at(
                    "http://127.0.0.1:" + port(registry), Optional.of(new UpstreamCredentials("u", "p")), QUICK);
            Descriptor wanted = new Descriptor("", Sha256.of(blob), blob.length, Optional.empty());
            try (InputStream content = upstream.blob("app", wanted)) {
                assertEquals(wanted.digest(), Sha256.of(content.readAllBytes()));
            }
            assertEquals(List.of("registry null", "registry Basic dTpw", "storage null"), seen);
        } finally {
            registry.stop(0);
            storage.stop(0);
        }
    }
}
