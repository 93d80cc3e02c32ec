package dev.larder.local.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.aws.Caller;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.oci.Sha256;
import dev.larder.local.programs.DockerRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import dev.larder.local.upstream.MemoryCacheState;
import dev.larder.local.upstream.MovableClock;
import dev.larder.local.upstream.PullThrough;
import dev.larder.local.upstream.RecordedEvents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's docker-registry as upstream, skopeo as client, the real protocol on both sides. */
@NeedsPrograms({"docker-registry", "skopeo"})
class SkopeoThroughTheRegistryTest {
    private static final FixtureImage IMAGE =
            new FixtureImage(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")), 7, 3, 40_000, true);

    @TempDir
    Path folder;

    private final MemoryCacheState state = new MemoryCacheState();
    private final MovableClock clock = new MovableClock();
    private final List<AccessLine> log = new CopyOnWriteArrayList<>();
    private final Caller node = new Caller("111122223333", "ASIA1", "node", Optional.of("i-1"));
    private DockerRegistry upstream;
    private RegistryEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        upstream = DockerRegistry.start(Files.createDirectory(folder.resolve("upstream")));
        state.rule("mirror", "http://" + upstream.authority());
        endpoint = RegistryEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new SmallEcr(state, new PullThrough(state, new RecordedEvents(), arn -> Optional.empty(), clock)),
                state.blobs,
                new RegistryLogins(
                        "111122223333", token -> token.equals("the-token") ? Optional.of(node) : Optional.empty()),
                log::add);
    }

    @AfterEach
    void stop() throws Exception {
        endpoint.close();
        upstream.close();
    }

    private Digest push(FixtureImage image, String tag) throws Exception {
        return upstream.publish("team/app", tag, image);
    }

    private String cached(String tag) {
        return "docker://127.0.0.1:" + endpoint.address().getPort() + "/mirror/team/app:" + tag;
    }

    private String copyAll(String tag, String name) throws Exception {
        return Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--src-tls-verify=false",
                cached(tag),
                "oci:" + folder.resolve(name) + ":" + tag);
    }

    @Test
    void theSecondCopyMakesNoUpstreamRequest() throws Exception {
        Digest pushed = push(IMAGE, "1");

        copyAll("1", "first");
        List<String> afterFirst = upstream.requests();
        copyAll("1", "second");

        assertEquals(afterFirst, upstream.requests());
        for (String copy : List.of("first", "second")) {
            Digest kept = new Digest(new JsonMapper()
                    .readTree(folder.resolve(copy).resolve("index.json").toFile())
                    .path("manifests")
                    .path(0)
                    .path("digest")
                    .asText());
            assertEquals(pushed, kept);
            assertEquals(
                    pushed,
                    Sha256.of(Files.readAllBytes(
                            folder.resolve(copy).resolve("blobs/sha256").resolve(pushed.hex()))));
        }
    }

    @Test
    void inspectSeesTheUpstreamsImage() throws Exception {
        push(IMAGE, "1");

        String seen = Program.succeed("skopeo", "inspect", "--tls-verify=false", cached("1"));

        assertTrue(seen.contains("\"Architecture\": \"amd64\""), seen);
        assertTrue(seen.contains("\"RepoTags\": [\n        \"1\"\n    ]"), seen);
    }

    @Test
    void aCopyOutlivesTheUpstream() throws Exception {
        push(IMAGE, "1");
        copyAll("1", "first");
        upstream.close();
        clock.advance(Duration.ofDays(3));

        copyAll("1", "second");
    }

    @Test
    void aTagThatMovedIsServedAfresh() throws Exception {
        push(IMAGE, "1");
        copyAll("1", "first");
        Digest moved = push(FixtureImage.small(8), "1");
        clock.advance(Duration.ofHours(24));

        copyAll("1", "second");

        assertTrue(Files.exists(folder.resolve("second/blobs/sha256").resolve(moved.hex())));
    }

    @Test
    void aMissingTagIsToldAsOne() throws Exception {
        Program.Outcome outcome = Program.run("skopeo", "inspect", "--tls-verify=false", cached("nope"));

        assertNotEquals(0, outcome.exit());
        assertTrue(outcome.output().contains("manifest unknown"), outcome.output());
    }

    @Test
    void loginTakesTheTokenAndRefusesAnother() throws Exception {
        push(IMAGE, "1");
        String authority = "127.0.0.1:" + endpoint.address().getPort();
        String keep = folder.resolve("auth.json").toString();

        Program.succeed(
                "skopeo", "login", "--tls-verify=false", "--authfile", keep, "-u", "AWS", "-p", "the-token", authority);
        Program.succeed("skopeo", "inspect", "--tls-verify=false", "--authfile", keep, cached("1"));
        Program.Outcome wrong = Program.run(
                "skopeo", "login", "--tls-verify=false", "--authfile", keep, "-u", "AWS", "-p", "other", authority);

        assertNotEquals(0, wrong.exit());
        assertTrue(
                log.stream()
                        .filter(line -> line.path().contains("/manifests/"))
                        .allMatch(line -> line.caller().equals(node.arn())),
                log.toString());
    }

    @Test
    void aPushIsRefusedByName() throws Exception {
        try (FixtureRegistry source = FixtureRegistry.start()) {
            source.publish("team/app", "1", FixtureImage.small(1));
            Program.Outcome refused = Program.run(
                    "skopeo",
                    "--insecure-policy",
                    "copy",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "docker://127.0.0.1:" + source.port() + "/team/app:1",
                    cached("1"));

            assertNotEquals(0, refused.exit());
            assertTrue(refused.output().contains("pushes are not served here"), refused.output());
        }
    }
}
