package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** A look ends with an answer, and soon, whatever the status, the headers and the body. */
class WhateverAnUpstreamSendsTest {
    private static final Tagged APP = (Tagged) ImageReference.parse("mirror/app:1");
    private static final ScriptedRegistry REGISTRY = new ScriptedRegistry();
    private static final List<String> FRAGMENTS = List.of(
            "http://127.0.0.1:1",
            "https://[::1",
            "//",
            "/v2/app/tags/list?last=1",
            "?last=%ff",
            "%",
            "&n=1000&n=",
            "#",
            "<",
            ">",
            "; rel=\"next\"",
            ",",
            " ",
            "\t",
            "\u00e9",
            "\"",
            "\\",
            "Bearer realm=\"",
            "Basic realm=x",
            "scope=\"repository:app:pull\"",
            "100;w=21600",
            "-1",
            "99999999999999999999",
            "sha256:",
            "1111111111111111111111111111111111111111111111111111111111111111",
            "{\"tags\":[",
            "]}",
            "{\"token\":\"t\",\"expires_in\":",
            "1e999999999",
            "null",
            "{\"errors\":[{}]}",
            "{\"schemaVersion\":2}");

    /** One answer. */
    record Sent(int status, List<String> headers, String body) {}

    @AfterContainer
    static void stop() {
        REGISTRY.close();
    }

    @Provide
    Arbitrary<List<Sent>> answers() {
        Arbitrary<String> text = Arbitraries.of(FRAGMENTS).list().ofMaxSize(4).map(parts -> String.join("", parts));
        return Combinators.combine(
                        Arbitraries.of(200, 200, 200, 201, 301, 304, 307, 401, 401, 404, 405, 429, 500, 599),
                        text.list().ofSize(8),
                        text)
                .as(Sent::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 400)
    void aLookEndsWithAnAnswer(@ForAll("answers") List<Sent> answers, @ForAll boolean withLogin) {
        int[] next = {0};
        REGISTRY.script(request -> {
            Sent sent = answers.get(next[0]++ % answers.size());
            List<String> headers = sent.headers();
            return Reply.of(
                    sent.status(),
                    sent.body(),
                    "Link",
                    headers.get(0),
                    "Location",
                    headers.get(1),
                    "WWW-Authenticate",
                    headers.get(2) + REGISTRY.url() + headers.get(3),
                    "Docker-Content-Digest",
                    headers.get(4),
                    "ETag",
                    headers.get(5),
                    "ratelimit-limit",
                    headers.get(6),
                    "ratelimit-remaining",
                    headers.get(7),
                    "Retry-After",
                    headers.get(0));
        });
        UpstreamRegistries client = Looks.client(
                upstream -> withLogin ? Optional.of(new Login("larder", "s3cret")) : Optional.empty(),
                InstantSource.system(),
                Looks.LOOK);
        Upstream upstream = REGISTRY.upstream();
        long start = System.nanoTime();
        check(client.digest(upstream, APP));
        check(client.tags(upstream, APP.repository(), TagListing.of(Optional.of("\"1\""))));
        assertTrue(System.nanoTime() - start < 8_000_000_000L, "it took too long");
    }

    private static void check(Looked<?> looked) {
        assertTrue(looked.requests() >= 1 && looked.requests() <= 200, looked::toString);
        if (looked instanceof Looked.Refused<?> refused) {
            String reason = refused.failure().reason();
            assertTrue(reason.length() < 600 && !reason.contains("s3cret"), reason);
            assertTrue(reason.chars().allMatch(c -> c >= ' ' && c < 127), reason);
        }
    }
}
