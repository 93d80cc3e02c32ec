package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.events.image.Platform;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.front.Json;
import dev.larder.local.programs.DockerRegistry;
import dev.larder.local.programs.NeedsPrograms;
import dev.larder.local.programs.Program;
import dev.larder.local.programs.RateLimitedProxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two upstreams, both Debian's docker-registry: {@code mirror}, which gives what it is asked for, and {@code limited}, which
 * gives ten requests a minute. Larder warms the pins of both on its schedule.
 */
@NeedsPrograms({"docker-registry", "skopeo"})
class WarmIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final int LIMIT = 10;
    private static final int PINS = 8;
    /** An image takes three requests, and five a minute are not the users': it should take eight minutes. */
    private static final int MINUTES = 20;

    @TempDir
    Path folder;

    private DockerRegistry plain;
    private DockerRegistry behind;
    private RateLimitedProxy limited;
    private LocalCloud cloud;
    private CacheTable table;
    private int copies;

    @BeforeEach
    void start() throws Exception {
        plain = DockerRegistry.start(Files.createDirectory(folder.resolve("plain")));
        behind = DockerRegistry.start(Files.createDirectory(folder.resolve("behind")));
        limited = RateLimitedProxy.start(behind.authority(), LIMIT, MINUTE);
        for (int i = 1; i <= PINS; i++) {
            plain.publish("team/app", String.valueOf(i), FixtureImage.small(i));
            behind.publishSingle("team/app", String.valueOf(i), single(100 + i));
        }
        plain.publish("team/cold", "1", FixtureImage.small(99));
        behind.publishSingle("team/cold", "1", single(199));
        cloud = LocalCloud.start(
                Options.temporary(RealStacks.synthesize(folder, "http://" + plain.authority(), sections())));
        limited.follow(cloud::now);
        table = new CacheTable(cloud.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        if (cloud != null) {
            cloud.close();
        }
        if (limited != null) {
            limited.close();
        }
        if (behind != null) {
            behind.close();
        }
        if (plain != null) {
            plain.close();
        }
    }

    /** Three requests: a manifest, a configuration, a layer. Its seed is its own, as a layer that is here is not asked for. */
    private static FixtureImage single(long seed) {
        return new FixtureImage(List.of(Platform.parse("linux/amd64")), seed, 1, 20_000, false);
    }

    /** The second upstream follows the one that every configuration of these tests begins with. */
    private String sections() {
        return """
                  limited: { registry: custom, url: "%s", budget: { pulls: %d, per: 1m, reserve: 50%% } }
                warm:
                  schedule: rate(1 minute)
                  pins: [%s]
                """.formatted(
                        limited.url(),
                        LIMIT,
                        String.join(
                                ", ",
                                Stream.concat(pins("mirror"), pins("limited"))
                                        .map(pin -> '"' + pin + '"')
                                        .toList()));
    }

    private static Stream<String> pins(String prefix) {
        return IntStream.rangeClosed(1, PINS).mapToObj(tag -> prefix + "/team/app:" + tag);
    }

    @Test
    void theLimitedUpstreamsPinsAreWarmedWithinItsLimitAndTheOthersAtOnce() throws Exception {
        pass(MINUTE);
        assertEquals(PINS, warm("mirror"), "the upstream without a limit, after one plan");
        List<Long> course = new ArrayList<>(List.of(warm("limited")));

        for (String image : List.of("mirror/team/cold:1", "limited/team/cold:1", "mirror/team/app:1")) {
            copy(image);
        }
        while (course.getLast() < PINS && course.size() < MINUTES) {
            pass(MINUTE);
            course.add(warm("limited"));
        }

        Supplier<String> story = () -> "warm after each minute: " + course + "\nrequests in each minute: "
                + limited.perWindow() + "\nrefused: " + limited.refused();
        assertEquals(List.of(), limited.refused(), story);
        assertEquals(PINS, course.getLast(), story);
        assertTrue(course.getFirst() < PINS, story);
        assertEquals(PINS, warm("mirror"));
        assertNothingLost();
        int before = limited.seen().size();
        for (String pin : pins("limited").toList()) {
            copy(pin);
        }
        assertEquals(before, limited.seen().size(), "a pull of what is warm asks the upstream for nothing");
    }

    @Test
    void anUpstreamWhoseLimitOthersUseUpSlowsOnlyItsOwnOrders() throws Exception {
        limited.allow(0);
        for (int i = 0; i < 5; i++) {
            pass(MINUTE);
        }
        assertEquals(PINS, warm("mirror"), "the other upstream");
        assertEquals(0, warm("limited"));
        copy("mirror/team/cold:1");

        limited.allow(LIMIT);
        List<Long> course = new ArrayList<>(List.of(0L));
        while (course.getLast() < PINS && course.size() < 4 * MINUTES) {
            pass(MINUTE);
            course.add(warm("limited"));
        }

        assertEquals(
                PINS,
                course.getLast(),
                () -> "warm after each minute: " + course + "\nrequests in each minute: " + limited.perWindow());
        assertNothingLost();
    }

    private void pass(Duration time) throws IOException {
        cloud.advance(time);
        assertTrue(cloud.awaitQuiet(REST));
    }

    /** How many of an upstream's pins the record calls warm. */
    private long warm(String prefix) {
        return pins(prefix)
                .filter(pin -> table.tagged(pin).warmedAt().isPresent())
                .count();
    }

    private void copy(String image) throws IOException, InterruptedException {
        Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--override-arch=amd64",
                "--src-tls-verify=false",
                "docker://" + cloud.registry().getAuthority() + "/" + image,
                "dir:" + folder.resolve("copy-" + copies++));
    }

    /** No order is among the dead letters, and no function failed. */
    private void assertNothingLost() throws IOException {
        JsonNode status;
        try (InputStream answer =
                cloud.endpoint().resolve("/_larder/status").toURL().openStream()) {
            status = Json.read(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
        status.path("queues").properties().forEach(queue -> {
            if (queue.getKey().endsWith("DeadLetters")) {
                assertEquals(0, queue.getValue().path("visible").asInt(), queue.getKey());
            }
        });
        status.path("functions")
                .properties()
                .forEach(function ->
                        assertEquals(0, function.getValue().path("errors").asInt(), function::toString));
    }
}
