package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.front.Json;
import dev.larder.local.oci.Sha256;
import dev.larder.local.programs.DockerRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's docker-registry as upstream, skopeo and boto3 as clients, and between them the local cloud with the stacks and
 * the functions that a deploy would have. One cloud for all tests: each has a repository of its own.
 */
@NeedsPrograms({"docker-registry", "skopeo"})
class PullThroughIT {
    private static final Duration REST = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static DockerRegistry upstream;
    private static LocalCloud cloud;
    private static CacheTable table;

    @BeforeAll
    static void start() throws Exception {
        upstream = DockerRegistry.start(Files.createDirectory(folder.resolve("upstream")));
        cloud = LocalCloud.start(Options.temporary(RealStacks.synthesize(folder, "http://" + upstream.authority())));
        table = new CacheTable(cloud.endpoint());
        // the first roll-up closes the days before there was anything, which every reading would look at otherwise
        cloud.advance(Duration.ofHours(1));
        // the first call of each function loads its classes, which is not what the tests' limits are about
        upstream.publish("team/warm-up", "1", FixtureImage.small(99));
        copy("team/warm-up", "warm-up");
        assertTrue(cloud.awaitQuiet(REST));
    }

    @AfterAll
    static void stop() throws IOException {
        if (cloud != null) {
            cloud.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    private static String registry() {
        return cloud.registry().getAuthority();
    }

    private static String cached(String repository) {
        return "docker://" + registry() + "/mirror/" + repository + ":1";
    }

    /** Pulls as skopeo does for the machine it runs on, or with {@code --all} for every platform. */
    private static void copy(String repository, String name, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "--override-arch=amd64",
                "--src-tls-verify=false",
                cached(repository),
                "oci:" + folder.resolve(name) + ":1"));
        if (command.remove("--all")) {
            command.remove("--override-arch=amd64");
            command.add(3, "--all");
        }
        Program.succeed(command.toArray(String[]::new));
    }

    @Test
    void theSecondCopyMakesNoUpstreamRequest() throws Exception {
        upstream.publish("team/second", "1", FixtureImage.small(1));

        copy("team/second", "second-1");
        List<String> afterFirst = upstream.requests();
        copy("team/second", "second-2");

        assertTrue(
                afterFirst.stream().anyMatch(line -> line.contains("/v2/team/second/blobs/sha256:")),
                afterFirst::toString);
        assertEquals(afterFirst, upstream.requests());
        assertEquals(
                Files.readString(folder.resolve("second-1/index.json")),
                Files.readString(folder.resolve("second-2/index.json")));
    }

    @Test
    void inspectTellsWhatTheUpstreamHas() throws Exception {
        upstream.publish("team/inspected", "1", FixtureImage.small(2));
        String direct = "docker://" + upstream.authority() + "/team/inspected:1";

        JsonNode through = Json.read(Program.succeed(
                "skopeo", "inspect", "--override-arch=amd64", "--tls-verify=false", cached("team/inspected")));
        JsonNode there =
                Json.read(Program.succeed("skopeo", "inspect", "--override-arch=amd64", "--tls-verify=false", direct));

        for (String field : List.of("Digest", "Architecture", "Os", "Layers", "RepoTags")) {
            assertFalse(there.path(field).isMissingNode(), field);
            assertEquals(there.path(field), through.path(field), field);
        }
    }

    @Test
    void boto3SeesTheRepositoryTheImageAndThePullWithinTenSeconds() throws Exception {
        Boto3.assume();
        upstream.publish("team/seen", "1", FixtureImage.small(3));

        copy("team/seen", "seen");

        Boto3.in(folder, cloud.endpoint()).expectPull("mirror/team/seen", "1", 10);
        assertEquals(Map.of("anonymous", 1), table.pulls("mirror/team/seen:1"));
    }

    @Test
    void aPullCountsOnceForItsImageAndPrincipalThoughEveryEventComesTwice() throws Exception {
        upstream.publish("team/counted", "1", FixtureImage.small(4));
        upstream.publish("team/other", "1", FixtureImage.small(5));
        copy("team/counted", "counted-1", "--src-creds=ann:any");
        copy("team/counted", "counted-2", "--src-creds=bob:any");
        copy("team/counted", "counted-3", "--src-creds=bob:any");
        copy("team/other", "other", "--src-creds=bob:any");
        assertTrue(cloud.awaitQuiet(REST));
        assertCounts();

        List<String> events = cloud.events().remembered();
        for (String event : events) {
            cloud.events().deliverAgain(Json.read(event).path("id").asText());
        }
        assertTrue(cloud.awaitQuiet(REST));

        assertTrue(events.stream().anyMatch(event -> event.contains("mirror/team/counted")), events::toString);
        assertCounts();
    }

    private static void assertCounts() throws Exception {
        assertEquals(Map.of("ann", 1, "bob", 2), table.pulls("mirror/team/counted:1"));
        assertEquals(Map.of("bob", 1), table.pulls("mirror/team/other:1"));
        assertEquals(1, table.cold("mirror/team/counted:1"));
        assertEquals(1, table.cold("mirror/team/other:1"));
    }

    @Test
    void aLoginWithAnAuthorizationTokenPullsAsWhoeverAskedForIt() throws Exception {
        Boto3.assume();
        upstream.publish("team/login", "1", FixtureImage.small(6));
        String password = Boto3.in(folder, cloud.endpoint()).password("carol");
        String keep = folder.resolve("auth.json").toString();

        Program.succeed(
                "skopeo", "login", "--tls-verify=false", "--authfile", keep, "-u", "AWS", "-p", password, registry());
        copy("team/login", "login", "--src-authfile=" + keep);
        assertTrue(cloud.awaitQuiet(REST));

        assertEquals(Map.of("carol", 1), table.pulls("mirror/team/login:1"));
    }

    @Test
    void everyPlatformComesThroughAsOnePullOfTheTag() throws Exception {
        FixtureImage image = new FixtureImage(
                List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"), Platform.parse("linux/arm/v7")),
                7,
                3,
                40_000,
                true);
        Digest pushed = upstream.publish("team/multi", "1", image);

        // whose children they are is known once Larder has read the index, which the first pull has it do
        copy("team/multi", "first", "--all", "--src-creds=erin:any");
        assertTrue(cloud.awaitQuiet(REST));
        copy("team/multi", "multi", "--all", "--src-creds=dave:any");
        assertTrue(cloud.awaitQuiet(REST));

        byte[] index = Files.readAllBytes(folder.resolve("multi/blobs/sha256").resolve(pushed.hex()));
        assertEquals(pushed, Sha256.of(index));
        List<String> children = new ArrayList<>();
        Json.read(new String(index, StandardCharsets.UTF_8))
                .path("manifests")
                .forEach(child -> children.add(child.path("digest").asText()));
        assertEquals(6, children.size(), "three platforms, an attestation each");
        for (String child : children) {
            assertTrue(Files.exists(folder.resolve("multi/blobs/sha256").resolve(new Digest(child).hex())), child);
            assertFalse(table.pulls("mirror/team/multi@" + child).containsKey("dave"), child);
        }
        assertEquals(Map.of("dave", 1, "erin", 1), table.pulls("mirror/team/multi:1"));
    }
}
