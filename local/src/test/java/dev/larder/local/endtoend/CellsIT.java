package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.front.Json;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three cells of one file, whose buses are connected: Frankfurt, one in another account, and one in another region that warms
 * nothing for the others. Users pull {@code web} in Frankfurt and {@code api} in the other region, and nothing else.
 */
@NeedsPrograms("skopeo")
class CellsIT {
    private static final String FRANKFURT = "111122223333/eu-central-1";
    private static final String OTHER_ACCOUNT = "444455556666/us-east-1";
    private static final String OTHER_REGION = "111122223333/us-east-1";
    private static final String WEB = "mirror/team/web";
    private static final String API = "mirror/team/api";

    private static final String SECTIONS = """
            warm:
              schedule: rate(15 minutes)
              popular: { minimumPulls: 2 }
              cells: [%s, %s]
            """.formatted(FRANKFURT, OTHER_ACCOUNT);
    private static final Duration PLAN = Duration.ofMinutes(15);
    private static final Duration REST = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Map<String, LocalCloud> clouds = new TreeMap<>();
    /** Larder's own events on each cell's bus. */
    private final Map<String, List<JsonNode>> said = new TreeMap<>();

    private final List<String> progress = new CopyOnWriteArrayList<>();

    private FixtureRegistry upstream;
    private int copies;

    @BeforeEach
    void start() throws Exception {
        upstream = FixtureRegistry.start();
        upstream.publish("team/web", "1", FixtureImage.small(1));
        upstream.publish("team/api", "1", FixtureImage.small(2));
        Path stacks =
                RealStacks.synthesizeCells(folder, upstream.url(), SECTIONS, List.of(OTHER_ACCOUNT, OTHER_REGION));
        for (String cell : List.of(FRANKFURT, OTHER_ACCOUNT, OTHER_REGION)) {
            LocalCloud cloud = LocalCloud.start(new Options(
                    stacks, Optional.empty(), 0, 0, Optional.of(cell), progress::add, (function, line) -> {}));
            clouds.values().forEach(cloud::connect);
            clouds.put(cell, cloud);
            List<JsonNode> events = new CopyOnWriteArrayList<>();
            said.put(cell, events);
            cloud.events().tap(event -> {
                JsonNode parsed = Json.read(event);
                if (parsed.path("source").asText().equals("larder")) {
                    events.add(parsed);
                }
                return List.of(event);
            });
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (LocalCloud cloud : clouds.values()) {
            cloud.close();
        }
        upstream.close();
    }

    @Test
    void whatIsPopularInOneIsWarmInThoseThatWillNeedItBeforeAnyoneAsksThere() throws Exception {
        for (int i = 0; i < 2; i++) {
            copy(FRANKFURT, WEB);
            copy(OTHER_REGION, API);
        }
        assertEquals(List.of(WEB), cached(FRANKFURT));
        assertEquals(List.of(), cached(OTHER_ACCOUNT));

        pass(PLAN);
        pass(PLAN);
        pass(PLAN);

        assertEquals(Map.of(FRANKFURT, WEB, OTHER_REGION, API), heard(FRANKFURT));
        assertEquals(Map.of(FRANKFURT, WEB, OTHER_REGION, API), heard(OTHER_ACCOUNT));
        assertEquals(Map.of(OTHER_REGION, API), heard(OTHER_REGION), "it is not to warm what others want");
        assertEquals(List.of(API), wantedElsewhere(FRANKFURT), "its own comes back from nowhere");
        assertEquals(List.of(API, WEB), wantedElsewhere(OTHER_ACCOUNT));
        assertEquals(List.of(), wantedElsewhere(OTHER_REGION));
        assertEquals(List.of(API, WEB), cached(FRANKFURT));
        assertEquals(List.of(API, WEB), cached(OTHER_ACCOUNT));
        assertEquals(List.of(API), cached(OTHER_REGION));
        CacheTable table = new CacheTable(cloud(OTHER_ACCOUNT).endpoint());
        assertEquals(Map.of(), table.pulls(WEB + ":1"), "nobody asked");
        assertEquals(Map.of(), table.pulls(API + ":1"), "nobody asked");
        assertNothingFailed();

        upstream.switchOff();
        copy(OTHER_ACCOUNT, WEB);
        copy(FRANKFURT, API);
    }

    /** Each cell plans, and what it says and orders is dealt with. */
    private void pass(Duration time) throws IOException {
        for (LocalCloud cloud : clouds.values()) {
            cloud.advance(time);
        }
        for (LocalCloud cloud : clouds.values()) {
            assertTrue(cloud.awaitQuiet(REST));
        }
    }

    /** What is popular, by the cell whose account and region the event has, which must be the one that it is about. */
    private Map<String, String> heard(String cell) {
        return said(cell, "Larder Images Popular").stream()
                .collect(Collectors.toMap(
                        event -> {
                            String from = event.path("account").asText() + "/"
                                    + event.path("region").asText();
                            assertEquals(from, event.path("detail").path("cell").asText());
                            return from;
                        },
                        event ->
                                repositories(event.path("detail").path("images").findValuesAsText("image")),
                        (one, same) -> {
                            assertEquals(one, same);
                            return one;
                        }));
    }

    private static String repositories(List<String> images) {
        return images.stream().map(image -> image.replace(":1", "")).collect(Collectors.joining(" "));
    }

    /** The repositories whose image was warmed since it is wanted elsewhere; each once. */
    private List<String> wantedElsewhere(String cell) {
        return said(cell, "Larder Image Warmed").stream()
                .map(event -> event.path("detail"))
                .filter(order -> order.path("reason").asText().equals("WANTED_ELSEWHERE"))
                .map(order -> order.path("image").asText().replace(":1", ""))
                .sorted()
                .toList();
    }

    private List<JsonNode> said(String cell, String type) {
        return said.getOrDefault(cell, List.of()).stream()
                .filter(event -> event.path("detail-type").asText().equals(type))
                .toList();
    }

    /** The repositories that have the tag 1, as ECR lists it. */
    private List<String> cached(String cell) {
        return List.of(API, WEB).stream()
                .filter(repository -> {
                    try {
                        return cloud(cell)
                                .ecr()
                                .call(
                                        "ListImages",
                                        Json.object().put("repositoryName", repository),
                                        new Caller(cell.substring(0, 12), "operator", "operator", Optional.empty()),
                                        Via.API)
                                .path("imageIds")
                                .findValuesAsText("imageTag")
                                .contains("1");
                    } catch (AwsException notThere) {
                        assertEquals("RepositoryNotFoundException", notThere.code());
                        return false;
                    }
                })
                .toList();
    }

    private LocalCloud cloud(String cell) {
        return Optional.ofNullable(clouds.get(cell)).orElseThrow();
    }

    private void copy(String cell, String repository) throws IOException, InterruptedException {
        Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--override-arch=amd64",
                "--src-tls-verify=false",
                "docker://" + cloud(cell).registry().getAuthority() + "/" + repository + ":1",
                "dir:" + folder.resolve("copy-" + copies++));
    }

    private void assertNothingFailed() {
        clouds.forEach((cell, cloud) -> cloud.functions()
                .all()
                .forEach(function -> assertEquals(
                        0,
                        function.errors(),
                        () -> cell + " " + function.settings().name())));
        assertEquals(
                List.of(),
                progress.stream().filter(line -> line.contains("is not put on")).toList());
    }
}
