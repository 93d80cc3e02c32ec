package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.Digest;
import dev.larder.local.bus.EventBus;
import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import dev.larder.local.cloud.RealStacks;
import dev.larder.local.endtoend.PullingClients.Order;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.programs.NeedsPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 pulls by real clients, and what the record says of them: at once, after every event came again, and when closed. */
@NeedsPrograms("skopeo")
class UsageIT {
    private static final String ANN = "ann";
    private static final String CI = "arn:aws:iam::111122223333:role/ci";
    private static final String SCANNER = "arn:aws:iam::111122223333:role/scanner";

    /** The planner runs once a day, as a run each hour would be most of the test's time. */
    private static final String SECTIONS = """
            usage: { exclude: ["%s"] }
            warm: { schedule: rate(1 day) }
            """.formatted(SCANNER);

    private static final String WEB = "mirror/team/web:1";
    private static final String API = "mirror/team/api:1";
    private static final String TOOL = "mirror/team/tool:1";
    private static final String JOB = "mirror/team/job:1";

    private static final Duration REST = Duration.ofMinutes(1);
    /** More than what the calls of one pull may be apart. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private FixtureRegistry upstream;
    private LocalCloud cloud;
    private PullingClients clients;
    private CacheTable table;
    private int pulls;

    @BeforeEach
    void start() throws Exception {
        Boto3.assume();
        upstream = FixtureRegistry.start();
        cloud = LocalCloud.start(Options.temporary(RealStacks.synthesize(folder, upstream.url(), SECTIONS)));
        table = new CacheTable(cloud.endpoint());
        // the first roll-up closes the days before there was anything, which every reading would look at otherwise
        cloud.advance(Duration.ofHours(1));
        clients = new PullingClients(
                folder, cloud.endpoint().toString(), cloud.registry().getAuthority(), List.of(ANN, CI, SCANNER));
    }

    @AfterEach
    void stop() throws IOException {
        if (clients != null) {
            clients.close();
        }
        if (cloud != null) {
            cloud.close();
        }
        if (upstream != null) {
            upstream.close();
        }
    }

    @Test
    void twoHundredPullsAreCountedExactlyHoweverOftenTheirEventsCome() throws Exception {
        Digest web = upstream.publish("team/web", "1", FixtureImage.small(1));
        Digest api = upstream.publish("team/api", "1", FixtureImage.small(2));
        Digest tool = upstream.publishSingle("team/tool", "1", FixtureImage.small(3));
        Digest job = upstream.publishSingle("team/job", "1", FixtureImage.small(4));
        LocalDate day = LocalDate.ofInstant(cloud.now(), ZoneOffset.UTC);

        // first once each, so that whose pull was cold, and what the indexes list, is no matter of luck
        pull(List.of(new Order(ANN, WEB, 1), new Order(CI, API, 1), new Order(ANN, TOOL, 1), new Order(CI, JOB, 1)));
        cloud.advance(PAUSE);
        pull(
                List.of(
                        new Order(ANN, WEB, 12),
                        new Order(CI, WEB, 9),
                        new Order(SCANNER, WEB, 9),
                        new Order(ANN, API, 3),
                        new Order(CI, API, 6),
                        new Order(SCANNER, API, 3),
                        new Order(ANN, TOOL, 10),
                        new Order(CI, TOOL, 7),
                        new Order(SCANNER, TOOL, 5),
                        new Order(ANN, JOB, 2),
                        new Order(CI, JOB, 4),
                        new Order(SCANNER, JOB, 2)),
                List.of(
                        new Order(ANN, WEB, 8),
                        new Order(CI, WEB, 5),
                        new Order(SCANNER, WEB, 6),
                        new Order(ANN, TOOL, 4),
                        new Order(CI, TOOL, 11),
                        new Order(SCANNER, TOOL, 3)));
        cloud.advance(PAUSE);
        pull(
                List.of(
                        new Order(ANN, at(WEB, web), 5),
                        new Order(CI, at(WEB, web), 3),
                        new Order(SCANNER, at(WEB, web), 4),
                        new Order(ANN, at(API, api), 4),
                        new Order(CI, at(API, api), 10),
                        new Order(SCANNER, at(API, api), 2),
                        new Order(ANN, at(JOB, job), 1),
                        new Order(CI, at(JOB, job), 1),
                        new Order(SCANNER, at(JOB, job), 1)),
                List.of(
                        new Order(ANN, at(WEB, web), 6),
                        new Order(CI, at(WEB, web), 4),
                        new Order(SCANNER, at(WEB, web), 5),
                        new Order(ANN, at(TOOL, tool), 9),
                        new Order(CI, at(TOOL, tool), 7),
                        new Order(SCANNER, at(TOOL, tool), 3),
                        new Order(ANN, JOB, 10),
                        new Order(CI, JOB, 6),
                        new Order(SCANNER, JOB, 6)));

        List<String> events = cloud.events().remembered();
        assertTrue(events.size() < 1000, "the bus remembers all of them");
        Runnable asPulled = () -> assertEquals("""
                mirror/team/api:1 ann 3, ci 7 (1 cold)
                mirror/team/api@ ann 4, ci 10
                mirror/team/job:1 ann 12, ci 11 (1 cold)
                mirror/team/job@ ann 1, ci 1
                mirror/team/tool:1 ann 15 (1 cold), ci 18
                mirror/team/tool@ ann 9, ci 7
                mirror/team/web:1 ann 21 (1 cold), ci 14
                mirror/team/web@ ann 11, ci 7
                """, rows());
        asPulled.run();
        assertImages();

        deliver(events);
        asPulled.run();
        assertImages();
        assertFalse(table.isClosed(day));

        cloud.advance(Duration.ofHours(26));
        assertTrue(table.isClosed(day));
        asPulled.run();
        assertImages();
        assertFigures();

        deliver(events);
        cloud.advance(Duration.ofHours(2));
        asPulled.run();
        assertImages();
        assertFigures();
        assertNoErrors();
    }

    private void pull(List<Order> skopeo) throws Exception {
        pull(skopeo, List.of());
    }

    private void pull(List<Order> skopeo, List<Order> boto3) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> other = thread.submit(() -> {
                clients.boto3(boto3);
                return "done";
            });
            clients.skopeo(skopeo);
            other.get();
        }
        pulls += Stream.concat(skopeo.stream(), boto3.stream())
                .mapToInt(Order::times)
                .sum();
        assertTrue(cloud.awaitQuiet(REST));
    }

    private void deliver(List<String> events) {
        events.forEach(event -> cloud.events().deliver(EventBus.DEFAULT, event));
        assertTrue(cloud.awaitQuiet(REST));
    }

    /** What a pull by tag and one by digest have in common: the tag. */
    private void assertImages() {
        assertEquals(200, pulls);
        assertImage(WEB, Map.of(ANN, 32, CI, 21), 18, Map.of("linux/amd64", 1 + 21 + 8));
        assertImage(API, Map.of(ANN, 7, CI, 17), 14, Map.of("linux/amd64", 1 + 9 + 14));
        assertImage(TOOL, Map.of(ANN, 24, CI, 25), 16, Map.of());
        assertImage(JOB, Map.of(ANN, 13, CI, 12), 2, Map.of());
    }

    private void assertImage(String image, Map<String, Integer> by, long byDigest, Map<String, Integer> platforms) {
        assertEquals(by, table.pulls(image), image);
        var days = table.days(image).values();
        assertEquals(1, days.stream().mapToLong(ImageDay::cold).sum(), image);
        assertEquals(
                0,
                days.stream()
                        .mapToLong(each -> each.stale() + each.failures() + each.late())
                        .sum(),
                image);
        assertEquals(byDigest, days.stream().mapToLong(ImageDay::byDigest).sum(), image);
        Map<String, Integer> seen = new TreeMap<>();
        days.forEach(each ->
                each.platforms().forEach((platform, count) -> seen.merge(platform, count.intValue(), Integer::sum)));
        assertEquals(platforms, seen, image);
    }

    /** The roll-up has written the same with the tag. */
    private void assertFigures() {
        for (String image : List.of(WEB, API, TOOL, JOB)) {
            long sum = table.pulls(image).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertEquals(sum, table.tagged(image).pulls(), image);
            assertEquals(1, table.tagged(image).coldPulls(), image);
        }
    }

    private void assertNoErrors() {
        cloud.functions()
                .all()
                .forEach(function -> assertEquals(
                        0, function.errors(), () -> function.settings().name() + ": " + function.lastError()));
    }

    private static String at(String tagged, Digest digest) {
        return tagged.substring(0, tagged.lastIndexOf(':')) + "@" + digest;
    }

    /** A line for each image as it was named, with the pulls of each principal over all days. */
    private String rows() {
        Map<String, Map<String, long[]>> sums = new TreeMap<>();
        table.rows().values().stream().flatMap(List::stream).forEach((UsageRow row) -> {
            String image = row.image().toString().replaceFirst("@.*", "@");
            String who = row.principal().replaceFirst(".*/", "");
            long[] sum = sums.computeIfAbsent(image, each -> new TreeMap<>()).computeIfAbsent(who, each -> new long[2]);
            sum[0] += row.pulls() + row.failed();
            sum[1] += row.cold() + row.stale();
        });
        StringBuilder text = new StringBuilder();
        sums.forEach((image, by) -> text.append(image)
                .append(' ')
                .append(String.join(
                        ", ",
                        by.entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue()[0]
                                        + (each.getValue()[1] == 0 ? "" : " (" + each.getValue()[1] + " cold)"))
                                .toList()))
                .append('\n'));
        return text.toString();
    }
}
