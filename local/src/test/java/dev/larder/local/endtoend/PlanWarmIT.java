package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.front.Json;
import dev.larder.local.programs.NeedsPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./larder plan warm} and {@code ./larder status} on a cell that has just begun, before its planner ever ran. */
@NeedsPrograms({"bash", "node", "setsid"})
class PlanWarmIT {
    private static final String POPULAR = "mirror/team/web:1";

    /** Nobody asks the second upstream for anything: of an image that is not known half is paid of the 5 that it gives at once. */
    private static final String SECTIONS = """
              limited:
                registry: custom
                url: http://127.0.0.1:9
                budget: { pulls: 20, per: 6h, reserve: 50%, counts: manifests }
            warm:
              schedule: rate(1 day)
              pins: [mirror/team/app:1, limited/team/app:1, limited/team/app:2]
              popular: { minimumPulls: 1 }
            """;

    @TempDir
    Path folder;

    @Test
    void thePlanNamesPinsAndWhatIsPulledWithTheirReasonsAndWhatTheBudgetIsTooSmallFor() throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start();
                FrontDoor door = FrontDoor.in(folder)) {
            upstream.publish("team/web", "1", FixtureImage.small(1));
            Files.writeString(RealStacks.configure(folder, upstream.url()), SECTIONS, StandardOpenOption.APPEND);
            try (CloudService cloud = door.up(folder)) {
                pullAndLose(door, cloud);

                FrontDoor.Outcome plan = door.operate(cloud, "plan", "warm", "--json", FrontDoor.config(folder));
                FrontDoor.Outcome status = door.operate(cloud, "status", FrontDoor.config(folder));

                assertEquals(0, plan.exit(), plan.output());
                Map<String, String> said = plan.output()
                        .lines()
                        .map(Json::read)
                        .filter(line -> List.of("order", "left")
                                .contains(line.path("kind").asText()))
                        .collect(Collectors.toMap(line -> line.path("image").asText(), PlanWarmIT::summary));
                assertEquals(
                        Map.of(
                                "mirror/team/app:1",
                                "order, pinned",
                                "limited/team/app:2",
                                "order, pinned",
                                "limited/team/app:1",
                                "left, pinned, the budget is spent: 2 pulls are left, and it costs 3",
                                POPULAR,
                                "order, popular"),
                        said,
                        plan::output);
                assertEquals(0, status.exit(), status.output());
                assertTrue(status.output().contains("pinned images: 3 of 3 are NOT WARM"), status.output());
                assertTrue(status.output().contains("5 of 5"), status.output());
            }
        }
    }

    /** An image that is pulled is in the cache; what is not there any more is worth a warm order. */
    private static void pullAndLose(FrontDoor door, CloudService cloud) throws IOException, InterruptedException {
        assertEquals(200, cloud.manifest("mirror/team/web", "1").statusCode());
        assertTrue(cloud.awaitQuiet());
        // what is deleted in the minute after a warm import passes for news of that
        FrontDoor.Outcome clock = door.run("clock", "--port=" + cloud.endpoint().getPort(), "advance", "5m");
        assertEquals(0, clock.exit(), clock.output());
        String lost = cloud.ecr(
                "BatchDeleteImage", "{\"repositoryName\":\"mirror/team/web\",\"imageIds\":[{\"imageTag\":\"1\"}]}");
        assertTrue(lost.contains("\"failures\":[]"), lost);
        assertTrue(cloud.awaitQuiet());
    }

    private static String summary(JsonNode line) {
        return String.join(
                ", ",
                List.of("kind", "reason", "because").stream()
                        .filter(line::has)
                        .map(name -> line.path(name).asText())
                        .toList());
    }
}
