package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much an import would fetch, at most by the headers of a HEAD and exactly by a GET. */
class CountManifestsTest {
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Digested BY_DIGEST = (Digested) ImageReference.parse("mirror/library/nginx@" + DIGEST);
    private static final Tagged BY_TAG = (Tagged) ImageReference.parse("mirror/library/nginx:1.27");
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final UpstreamRegistries client = Looks.anonymous(Looks.LOOK);

    @AfterEach
    void close() {
        registry.close();
    }

    /** As terse as the specification lets it be. */
    private static String index(int children) {
        return "{\"schemaVersion\":2,\"manifests\":["
                + IntStream.range(0, children)
                        .mapToObj(i -> "{\"mediaType\":\"" + IMAGE + "\",\"digest\":\"" + DIGEST + "\",\"size\":500}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private Looked<ImportCounts> counts(String manifest) {
        registry.script(request -> Reply.of(200, manifest));
        return client.counts(registry.upstream(), BY_DIGEST);
    }

    @Test
    void anIndexIsCountedWithAllThatItLists() {
        ImportCounts counts = Looks.found(counts(index(12)));
        assertEquals(13, counts.manifests());
        assertEquals(List.of("GET /v2/library/nginx/manifests/" + DIGEST), registry.lines());
    }

    @Test
    void anImageIsOneManifestWithItsBlobs() {
        String blob = "{\"digest\":\"sha256:%s\"}";
        ImportCounts counts = Looks.found(counts("{\"schemaVersion\":2,\"config\":" + blob.formatted("a".repeat(64))
                + ",\"layers\":[" + blob.formatted("b".repeat(64)) + "," + blob.formatted("b".repeat(64)) + "]}"));
        assertEquals(1, counts.manifests());
        assertEquals(2, counts.blobs().size(), "the same layer twice is fetched once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"manifests\":7}", "<html>", "{\"manifests\":[{}]}", "{\"layers\":[]}"
            })
    void whatIsNoManifestIsRefused(String body) {
        Looks.refused(FailureKind.BAD_ANSWER, "NoManifest", counts(body));
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertTrue(client.counts(registry.upstream(), BY_DIGEST) instanceof Looked.Refused<ImportCounts>);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "17", "200"})
    void theLengthOfAnIndexBoundsWhatItLists(int children) {
        String manifest = index(children);
        OptionalInt most =
                new UpstreamManifest(DIGEST, Optional.of(INDEX), OptionalLong.of(manifest.length())).mostManifests();
        assertTrue(most.orElseThrow() >= 1 + children, most::toString);
    }

    @Test
    void aHeadTellsTheLengthAndTheType() {
        registry.script(request ->
                Reply.of(200, "", "Docker-Content-Digest", DIGEST.value(), "Content-Type", INDEX + "; charset=utf-8"));
        UpstreamManifest said = Looks.found(client.manifest(registry.upstream(), BY_TAG));
        assertEquals(DIGEST, said.digest());
        assertTrue(said.mostManifests().isEmpty(), "of an index without a length nothing is known");
        registry.script(request -> Reply.of(200, "", "Docker-Content-Digest", DIGEST.value(), "Content-Type", IMAGE));
        assertEquals(
                OptionalInt.of(1),
                Looks.found(client.manifest(registry.upstream(), BY_TAG)).mostManifests());
    }
}
