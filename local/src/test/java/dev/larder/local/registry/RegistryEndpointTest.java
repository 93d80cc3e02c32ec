package dev.larder.local.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import dev.larder.local.aws.Caller;
import dev.larder.local.fixture.Fault;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import dev.larder.local.upstream.MemoryCacheState;
import dev.larder.local.upstream.MovableClock;
import dev.larder.local.upstream.PullThrough;
import dev.larder.local.upstream.RecordedEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryEndpointTest {
    private static final String APP = "mirror/team/app";
    private static final Caller ROLE = new Caller("111122223333", "ASIA1", "node", Optional.of("i-1"));

    private final FixtureRegistry upstream = FixtureRegistry.start();
    private final MemoryCacheState state = new MemoryCacheState();
    private final SmallEcr ecr = new SmallEcr(
            state, new PullThrough(state, new RecordedEvents(), arn -> Optional.empty(), new MovableClock()));
    private final List<AccessLine> log = new CopyOnWriteArrayList<>();
    private final RegistryEndpoint endpoint = start();
    private final HttpClient client = HttpClient.newHttpClient();

    private RegistryEndpoint start() {
        try {
            return RegistryEndpoint.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    ecr,
                    state.blobs,
                    new RegistryLogins(
                            "111122223333", token -> token.equals("the-token") ? Optional.of(ROLE) : Optional.empty()),
                    log::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void cacheTheUpstream() {
        state.rule("mirror", upstream.url());
    }

    @AfterEach
    void stop() {
        endpoint.close();
        upstream.close();
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void theProbeAsksForALoginAndTakesARightOneOnly() throws Exception {
        assertEquals(401, send("GET", "/v2/").statusCode());
        assertTrue(header(send("GET", "/v2/"), "WWW-Authenticate").startsWith("Basic realm="));
        assertEquals(
                200,
                send("GET", "/v2/", "Authorization", basic("AWS:the-token")).statusCode());
        HttpResponse<byte[]> wrong = send("GET", "/v2/", "Authorization", basic("AWS:another"));
        assertEquals(401, wrong.statusCode());
        assertTrue(text(wrong).contains("\"UNAUTHORIZED\""), text(wrong));
        assertEquals(401, send("GET", "/v2/", "Authorization", "Bearer x").statusCode());
        assertEquals(200, send("GET", "/v2/", "Authorization", basic("mary:x")).statusCode());
    }

    @Test
    void aManifestIsServedByTagAndByDigest() throws Exception {
        Digest published = upstream.publish("team/app", "1", FixtureImage.small(1));

        HttpResponse<byte[]> byTag = send("GET", "/v2/" + APP + "/manifests/1");
        HttpResponse<byte[]> head = send("HEAD", "/v2/" + APP + "/manifests/1");
        HttpResponse<byte[]> byDigest = send("GET", "/v2/" + APP + "/manifests/" + published);

        assertEquals(200, byTag.statusCode());
        assertEquals(published, Sha256.of(byTag.body()));
        assertEquals(Manifest.OCI_INDEX, header(byTag, "Content-Type"));
        assertArrayEquals(byTag.body(), byDigest.body());
        assertEquals(published.value(), header(head, "Docker-Content-Digest"));
        assertEquals(String.valueOf(byTag.body().length), header(head, "Content-Length"));
        assertEquals(0, head.body().length);
    }

    @Test
    void aManifestIsServedToAClientThatAcceptsOnlyAnotherKind() throws Exception {
        upstream.publish("team/app", "1", FixtureImage.small(1));

        HttpResponse<byte[]> served = send("GET", "/v2/" + APP + "/manifests/1", "Accept", Manifest.DOCKER_MANIFEST);

        assertEquals(200, served.statusCode());
        assertEquals(Manifest.OCI_INDEX, header(served, "Content-Type"));
    }

    @Test
    void theCallersNameReachesEcr() throws Exception {
        upstream.publish("team/app", "1", FixtureImage.small(1));

        send("GET", "/v2/" + APP + "/manifests/1", "Authorization", basic("AWS:the-token"));
        send("GET", "/v2/" + APP + "/manifests/1", "Authorization", basic("mary:x"));
        send("GET", "/v2/" + APP + "/manifests/1", "Authorization", basic(":"));

        assertEquals(
                List.of(
                        "REGISTRY BatchGetImage " + APP + " by arn:aws:sts::111122223333:assumed-role/node/i-1",
                        "REGISTRY BatchGetImage " + APP + " by arn:aws:iam::111122223333:user/mary",
                        "REGISTRY BatchGetImage " + APP + " by arn:aws:iam::111122223333:user/anonymous"),
                ecr.calls);
        assertEquals(
                "arn:aws:iam::111122223333:user/anonymous \"GET /v2/" + APP + "/manifests/1\" 200",
                log.getLast().toString());
    }

    @Test
    void aBlobIsServedWholeAndInRanges() throws Exception {
        Descriptor layer = cachedLayer();
        String path = "/v2/" + APP + "/blobs/" + layer.digest();

        byte[] whole = send("GET", path).body();
        HttpResponse<byte[]> head = send("HEAD", path);
        HttpResponse<byte[]> rest = send("GET", path, "Range", "bytes=100-");
        HttpResponse<byte[]> middle = send("GET", path, "Range", "bytes=10-19");
        HttpResponse<byte[]> end = send("GET", path, "Range", "bytes=-5");

        assertEquals(layer.digest(), Sha256.of(whole));
        assertEquals(String.valueOf(layer.size()), header(head, "Content-Length"));
        assertEquals(206, rest.statusCode());
        assertArrayEquals(Arrays.copyOfRange(whole, 100, whole.length), rest.body());
        assertArrayEquals(Arrays.copyOfRange(whole, 10, 20), middle.body());
        assertEquals("bytes 10-19/" + layer.size(), header(middle, "Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(whole, whole.length - 5, whole.length), end.body());
        assertEquals(416, send("GET", path, "Range", "bytes=999999-").statusCode());
        assertEquals(200, send("GET", path, "Range", "bytes=0-1,5-6").statusCode());
    }

    @Test
    void aBlobOfAnotherRepositoryIsUnknown() throws Exception {
        Descriptor layer = cachedLayer();
        state.createRepository("mirror/team/other");

        HttpResponse<byte[]> answer = send("GET", "/v2/mirror/team/other/blobs/" + layer.digest());

        assertEquals(404, answer.statusCode());
        assertTrue(text(answer).contains("\"BLOB_UNKNOWN\""), text(answer));
    }

    private Descriptor cachedLayer() throws Exception {
        upstream.publish("team/app", "1", FixtureImage.small(1));
        send("GET", "/v2/" + APP + "/manifests/1");
        Digest tag = state.tag(APP, "1").orElseThrow().digest();
        Descriptor child = state.manifest(APP, tag).orElseThrow().children().getFirst();
        return state.manifest(APP, child.digest()).orElseThrow().blobs().getLast();
    }

    @Test
    void refusalsHaveTheSpecificationsCodes() throws Exception {
        upstream.publish("team/app", "1", FixtureImage.small(1));
        assertRefusal(404, "MANIFEST_UNKNOWN", send("GET", "/v2/" + APP + "/manifests/nope"));
        assertRefusal(404, "NAME_UNKNOWN", send("GET", "/v2/elsewhere/app/manifests/1"));
        assertRefusal(400, "DIGEST_INVALID", send("GET", "/v2/" + APP + "/manifests/sha256:12"));
        assertRefusal(400, "DIGEST_INVALID", send("GET", "/v2/" + APP + "/blobs/sha256:12"));
        assertRefusal(400, "NAME_INVALID", send("GET", "/v2/UPPER/manifests/1"));
        assertRefusal(405, "UNSUPPORTED", send("GET", "/v2/_catalog"));
        assertRefusal(404, "UNSUPPORTED", send("GET", "/v1/search"));
        upstream.faults(request -> Optional.of(new Fault.Status(429)));
        assertRefusal(429, "TOOMANYREQUESTS", send("GET", "/v2/" + APP + "/manifests/2"));
        upstream.faults(request -> Optional.of(new Fault.Status(500)));
        assertRefusal(503, "UNAVAILABLE", send("GET", "/v2/" + APP + "/manifests/2"));
        upstream.faults(request -> Optional.of(new Fault.Status(403)));
        assertRefusal(403, "DENIED", send("GET", "/v2/" + APP + "/manifests/2"));
        state.blobs.full = true;
        upstream.heal();
        assertRefusal(500, "UNKNOWN", send("GET", "/v2/" + APP + "/manifests/1"));
    }

    @Test
    void pushesAreRefusedByNameWithWhatToDo() throws Exception {
        HttpResponse<byte[]> upload = send("POST", "/v2/" + APP + "/blobs/uploads/");
        assertRefusal(405, "UNSUPPORTED", upload);
        assertTrue(text(upload).contains("put-image"), text(upload));
        assertRefusal(405, "UNSUPPORTED", send("PUT", "/v2/" + APP + "/manifests/1"));
        assertRefusal(405, "UNSUPPORTED", send("DELETE", "/v2/" + APP + "/manifests/1"));
        assertEquals(List.of(), ecr.calls);
    }

    private static void assertRefusal(int status, String code, HttpResponse<byte[]> answer) {
        assertEquals(status, answer.statusCode(), text(answer));
        assertTrue(text(answer).startsWith("{\"errors\":[{\"code\":\"" + code + "\""), text(answer));
        assertEquals("application/json", header(answer, "Content-Type"));
    }

    @Test
    void tagsComeInPagesWithALinkToTheNext() throws Exception {
        for (String tag : List.of("c", "a", "b", "e", "d")) {
            upstream.publish("team/app", tag, FixtureImage.small(1));
            send("GET", "/v2/" + APP + "/manifests/" + tag);
        }

        HttpResponse<byte[]> first = send("GET", "/v2/" + APP + "/tags/list?n=3");
        HttpResponse<byte[]> second = send("GET", "/v2/" + APP + "/tags/list?n=3&last=c");

        assertEquals("{\"name\":\"" + APP + "\",\"tags\":[\"a\",\"b\",\"c\"]}", text(first));
        assertEquals("</v2/" + APP + "/tags/list?n=3&last=c>; rel=\"next\"", header(first, "Link"));
        assertEquals("{\"name\":\"" + APP + "\",\"tags\":[\"d\",\"e\"]}", text(second));
        assertEquals("", header(second, "Link"));
        assertEquals(400, send("GET", "/v2/" + APP + "/tags/list?n=x").statusCode());
    }

    @Test
    void referrersAreAnIndexOfWhatEcrLists() throws Exception {
        HttpResponse<byte[]> answer = send(
                "GET", "/v2/" + APP + "/referrers/sha256:" + "b".repeat(64) + "?artifactType=application/spdx%2Bjson");

        assertEquals(Manifest.OCI_INDEX, header(answer, "Content-Type"));
        assertEquals("artifactType", header(answer, "OCI-Filters-Applied"));
        assertTrue(text(answer).contains("\"artifactType\":\"application/spdx+json\""), text(answer));
    }

    @Test
    void aPortInUseIsNamed() {
        IOException taken = assertThrows(
                IOException.class,
                () -> RegistryEndpoint.start(
                        endpoint.address(),
                        ecr,
                        state.blobs,
                        new RegistryLogins("111122223333", token -> Optional.empty()),
                        log::add));

        assertTrue(
                taken.getMessage().startsWith("port " + endpoint.address().getPort() + " of 127.0.0.1 is in use"),
                taken.getMessage());
        assertTrue(taken.getMessage().contains("choose another port with --registry-port"), taken.getMessage());
    }
}
