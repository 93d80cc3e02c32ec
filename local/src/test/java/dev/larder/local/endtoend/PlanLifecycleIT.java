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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads before anything is ever deleted: the plan, an image's explanation, the runs, the switch. */
@NeedsPrograms({"bash", "node", "setsid"})
class PlanLifecycleIT {
    private static final Map<String, String> IMAGES =
            Map.of("mirror/team/old", "1", "mirror/team/new", "1", "mirror/team/kept", "prod-1");

    /** A day without pulls is enough, which is the least. */
    private static final String SECTIONS = """
            warm: { schedule: rate(7 days), popular: { top: 0 } }
            lifecycle:
              evict:
                notPulledFor: 1d
                keepNewest: 0
                protect: ["**:prod-*"]
                limits: { repositoryPercent: 100, cellPercent: 100 }
            """;

    @TempDir
    Path folder;

    @Test
    void thePlanSaysWhatGoesAndWhatStaysAndNothingIsDeletedByLooking() throws Exception {
        try (FixtureRegistry upstream = FixtureRegistry.start();
                FrontDoor door = FrontDoor.in(folder)) {
            int seed = 1;
            for (Map.Entry<String, String> image : IMAGES.entrySet()) {
                upstream.publish(
                        image.getKey().substring("mirror/".length()), image.getValue(), FixtureImage.small(seed++));
            }
            Files.writeString(RealStacks.configure(folder, upstream.url()), SECTIONS, StandardOpenOption.APPEND);
            try (CloudService cloud = door.up(folder)) {
                for (Map.Entry<String, String> image : IMAGES.entrySet()) {
                    assertEquals(
                            200,
                            cloud.manifest(image.getKey(), image.getValue()).statusCode());
                }
                assertTrue(cloud.awaitQuiet());
                FrontDoor.Outcome clock =
                        door.run("clock", "--port=" + cloud.endpoint().getPort(), "advance", "49h");
                assertEquals(0, clock.exit(), clock.output());
                assertEquals(200, cloud.manifest("mirror/team/new", "1").statusCode());
                assertTrue(cloud.awaitQuiet());

                Set<Object> before = everything(cloud);
                plan(door, cloud);
                explain(door, cloud);
                runs(door, cloud);
                assertTrue(cloud.awaitQuiet());
                assertEquals(before, everything(cloud));
                turn(door, cloud);
                assertEquals(200, cloud.manifest("mirror/team/old", "1").statusCode());
            }
        }
    }

    /** What the table holds, and all that ECR says of the repositories and their images. */
    private static Set<Object> everything(CloudService cloud) throws IOException, InterruptedException {
        Set<Object> everything = new HashSet<>(cloud.table().items());
        everything.add(cloud.ecr("DescribeRepositories", "{}"));
        for (String repository : IMAGES.keySet()) {
            everything.add(cloud.ecr("DescribeImages", "{\"repositoryName\":\"" + repository + "\"}"));
        }
        return everything;
    }

    private void plan(FrontDoor door, CloudService cloud) throws IOException, InterruptedException {
        String plan = operate(door, cloud, "plan", "lifecycle", "--json");
        Map<String, Set<String>> said = plan.lines()
                .map(Json::read)
                .filter(line -> line.has("repository"))
                .collect(Collectors.groupingBy(
                        line -> line.path("repository").asText(),
                        Collectors.mapping(PlanLifecycleIT::summary, Collectors.toSet())));
        assertEquals(Set.of("evict not pulled"), said.get("mirror/team/old"), plan);
        assertTrue(said.getOrDefault("mirror/team/new", Set.of()).contains("spared pulled"), plan);
        assertTrue(said.getOrDefault("mirror/team/kept", Set.of()).contains("spared protected"), plan);
        assertTrue(operate(door, cloud, "plan", "lifecycle", "--all").contains("(nothing is deleted by looking)"));
    }

    private static String summary(JsonNode line) {
        return String.join(
                " ",
                List.of("kind", "reason", "guard").stream()
                        .filter(line::has)
                        .map(name -> line.path(name).asText())
                        .toList());
    }

    private void explain(FrontDoor door, CloudService cloud) throws IOException, InterruptedException {
        String stays = operate(door, cloud, "explain", "mirror/team/new:1");
        assertTrue(stays.contains("nothing pulls it -> may go from "), stays);
        String goes = operate(door, cloud, "explain", "mirror/team/old:1");
        assertTrue(goes.contains("may go now, with the next sweep, within its limits"), goes);
        assertTrue(goes.contains("dry run"), () -> "the sweep of the night chose it: " + goes);
    }

    private void runs(FrontDoor door, CloudService cloud) throws IOException, InterruptedException {
        JsonNode last = Json.read(operate(door, cloud, "runs", "--top", "1", "--json"));
        assertEquals("done", last.path("phase").asText());
        String lines = operate(door, cloud, "runs", "--run", last.path("id").asText());
        assertTrue(lines.contains("dry run: nothing is deleted until lifecycle.enforce is true"), lines);
        assertTrue(lines.contains("mirror/team/old@"), lines);
    }

    private void turn(FrontDoor door, CloudService cloud) throws IOException, InterruptedException {
        operate(door, cloud, "eviction", "off", "--reason", "a migration", "--by", "ann");
        String status = operate(door, cloud, "status");
        assertTrue(status.contains("evictions are OFF: the switch is off since "), status);
        assertTrue(status.contains("by ann: a migration"), status);
        String on = operate(door, cloud, "eviction", "on", "--by", "bob");
        assertTrue(on.contains("the switch is on since ") && on.contains("by bob"), on);
    }

    private String operate(FrontDoor door, CloudService cloud, String... arguments)
            throws IOException, InterruptedException {
        FrontDoor.Outcome outcome = door.operate(
                cloud,
                Stream.concat(Stream.of(arguments), Stream.of(FrontDoor.config(folder)))
                        .toArray(String[]::new));
        assertEquals(0, outcome.exit(), outcome.output());
        return outcome.output();
    }
}
