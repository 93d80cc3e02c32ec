package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.InvalidConfigException;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.planning.DayBytes;
import dev.larder.functions.upstream.UpstreamState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code larder plan warm} says, from the real record and by the planner's own code. */
class PlanWarmTest {
    private static final Instant NOW = RecordedCell.NOW;
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Failure MISSING = Failure.classify("ImageNotFound", "no such tag");
    private static final WarmPlanReading.Choice ALL = new WarmPlanReading.Choice(Optional.empty(), Optional.empty());
    private static final String CONFIG = """
            name: test
            cells:
              - { account: "111122223333", region: eu-central-1 }
            upstreams:
              quay: { registry: quay, budget: { pulls: 20, per: 6h, reserve: 50%, counts: manifests } }
              public: { registry: ecr-public }
            warm:
              pins: [quay/app/pinned:1, quay/app/gone:1, "quay/app/many:9.*"]
              limits: { bytes: 2GB }
            """;

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private RecordedCell cell;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder, CONFIG);
        cell.operated.images().warmFailed(ImageReference.parse("quay/app/gone:1"), MISSING, NOW.minusSeconds(60));
        for (String time : List.of("2026-11-24T10:00:00Z", "2026-11-24T10:10:00Z")) {
            cell.pull("quay/app/web:1", RecordedCell.NODE, time);
            cell.pull("public/team/api:1", RecordedCell.NODE, time);
        }
        // its check runs out 10 minutes from now
        cell.operated.images().imported((Tagged) ImageReference.parse("public/team/api:1"), DIGEST, at("-PT23H50M"));
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void eachImageIsToldWithReasonTimeAndCostAndEachUpstreamWithItsBudget() throws IOException {
        new DayBytes(cell.table()).add(1000, NOW);
        cell.operated.upstreams().reported("quay", new ReportedLimit(40, 35, Duration.ofHours(6)), at("-PT5M"));

        assertEquals("""
                {"kind":"order","image":"quay/app/pinned:1","upstream":"quay","reason":"pinned","detail":"pinned, and not in the cache","when":"now","asked":true,"saves":0.0,"worth":0.0,"tokens":3,"mostTokens":3,"requests":9.0,"bytes":500000000,"mostBytes":500000000,"guessed":true,"refresh":false}
                {"kind":"order","image":"public/team/api:1","upstream":"public","reason":"stale","detail":"2 pulls, last checked 2026-11-23T10:30:00Z","when":"2026-11-24T10:30:02Z","asked":false,"saves":0.5,"worth":0.402,"tokens":74,"mostTokens":74,"requests":1.199,"bytes":11038508,"mostBytes":500000000,"guessed":true,"refresh":false}
                {"kind":"left","image":"quay/app/web:1","upstream":"quay","reason":"popular","detail":"2 pulls, and not in the cache","when":"now","asked":false,"saves":2.5,"worth":0.227,"tokens":3,"mostTokens":3,"requests":9.0,"bytes":500000000,"mostBytes":500000000,"guessed":true,"refresh":false,"because":"the budget is spent: 2 pulls are left, and it costs 3"}
                {"kind":"upstream","upstream":"quay","host":"quay.io","circuit":"closed","tokens":5,"capacity":5,"file":{"pulls":20,"perSeconds":21600,"reservePercent":50},"reported":{"pulls":40,"perSeconds":21600,"remaining":35,"at":"2026-11-24T10:15:00Z","current":true},"plannedOrders":1,"plannedTokens":3}
                {"kind":"upstream","upstream":"public","host":"public.ecr.aws","circuit":"closed","plannedOrders":1,"plannedTokens":74}
                {"kind":"total","orders":2,"left":1,"saves":0.5,"tokens":77,"mostTokens":77,"requests":10.199,"bytes":511038508,"mostBytes":1000000000,"guessed":true,"bytesToday":1000,"bytesPerDay":2000000000}
                {"kind":"pinned-not-warm","image":"quay/app/gone:1","reason":"ImageNotFound: no such tag"}
                {"kind":"note","note":"the pin quay/app/many:9.* matches none of the 0 tags that are known of quay/app/many"}
                """.lines().toList(), json(ALL));
    }

    @Test
    void peopleReadTheSameInGroups() {
        assertEquals("""
                would be warmed now: 2 images (nothing is ordered by looking)
                saving 0.50 cold pulls a day for 10.20 requests and 487.4 MiB expected, at most 953.7 MiB; sizes that nobody has seen are guessed
                IMAGE              REASON  WHEN                  SAVES  WORTH  PULLS  REQUESTS      BYTES    AT MOST  WHY
                quay/app/pinned:1  pinned  now                    0.00   0.00      3      9.00  476.8 MiB  476.8 MiB  pinned, and not in the cache
                public/team/api:1  stale   2026-11-24T10:30:02Z   0.50   0.40     74      1.20   10.5 MiB  476.8 MiB  2 pulls, last checked 2026-11-23T10:30:00Z

                left out: 1 image
                IMAGE           REASON   SAVES  WORTH  PULLS    AT MOST  LEFT OUT BECAUSE
                quay/app/web:1  popular   2.50   0.23      3  476.8 MiB  the budget is spent: 2 pulls are left, and it costs 3

                UPSTREAM  CIRCUIT  PULLS LEFT  PLANNED           LIMIT
                quay      closed   5 of 5      1 image, 3 pulls  the file: 20 per 6 h, 50% kept for users
                public    closed   no limit    1 image           none known

                bytes of today: 0 B of 1.9 GiB

                PINNED AND NOT WARM  REASON
                quay/app/gone:1      ImageNotFound: no such tag

                note: the pin quay/app/many:9.* matches none of the 0 tags that are known of quay/app/many
                """, text(ALL));
    }

    @Test
    void onlyAReasonOrAnUpstreamIsShownOnDemand() throws IOException {
        assertEquals(
                List.of("public/team/api:1"),
                images(new WarmPlanReading.Choice(Optional.of(WarmReason.STALE), Optional.empty())));
        assertEquals(
                List.of("quay/app/pinned:1", "quay/app/web:1", "quay/app/gone:1"),
                images(new WarmPlanReading.Choice(Optional.empty(), Optional.of("quay"))));
        assertEquals(
                List.of("quay/app/pinned:1", "quay/app/gone:1"),
                images(new WarmPlanReading.Choice(Optional.of(WarmReason.PINNED), Optional.of("quay"))));
    }

    @Test
    void aPatternWhoseListTheUpstreamRefusesIsToldAndEverythingElseStillPlanned() throws IOException {
        cell.operated
                .planning()
                .sightings()
                .keep(
                        "quay",
                        new Sightings(
                                new NewTags(new RepositoryName("quay/app/many"), List.of()),
                                Map.of(),
                                Optional.empty(),
                                Optional.of("unauthorized: login required")));
        List<String> lines = json(ALL);
        assertEquals(
                List.of(
                        "{\"kind\":\"pinned-not-warm\",\"image\":\"quay/app/gone:1\",\"reason\":\"ImageNotFound: no such"
                                + " tag\"}",
                        "{\"kind\":\"pinned-not-warm\",\"image\":\"quay/app/many:9.*\",\"reason\":\"the list of tags of"
                                + " quay/app/many was not read: unauthorized: login required\"}"),
                lines.stream().filter(line -> line.contains("pinned-not-warm")).toList());
        assertTrue(lines.getFirst().contains("quay/app/pinned:1"));
    }

    @Test
    void whatAnUpstreamThatFailedOrADaysLimitKeepsWaitingIsToldWithThat() {
        UpstreamState before = cell.operated.upstreams().of("quay");
        cell.operated
                .upstreams()
                .failed(
                        "quay",
                        before,
                        Circuit.CLOSED.failed(FailureKind.UPSTREAM_LIMIT, NOW),
                        Failure.classify("TooManyRequests", "429"),
                        NOW);
        new DayBytes(cell.table()).add(2_000_000_000, NOW);

        assertEquals(
                List.of(
                        "quay/app/pinned:1: the upstream failed; it is not asked before 2026-11-24T10:25:00Z",
                        "public/team/api:1: warm.limits.bytes: it may bring 500000000 bytes, and 0 are left of the"
                                + " day's",
                        "quay/app/web:1: the upstream failed; it is not asked before 2026-11-24T10:25:00Z"),
                new WarmPlanReading(cell.operated)
                        .of(ALL).left().stream()
                                .map(left -> left.image().candidate().image() + ": " + left.because())
                                .toList());
    }

    @Test
    void aPlanThatIsLookedAtChangesNothing() {
        // this pull came after the check had run out, and so there was another check: the planner writes it down
        cell.operated.images().imported((Tagged) ImageReference.parse("public/team/old:1"), DIGEST, at("-PT30H"));
        cell.pull("public/team/old:1", RecordedCell.NODE, "2026-11-24T09:00:00Z");
        cell.pull("public/team/old:1", RecordedCell.NODE, "2026-11-24T09:01:00Z");
        cell.operated.upstreams().reported("quay", new ReportedLimit(30, 25, Duration.ofHours(6)), NOW);
        var before = everything();

        text(ALL);

        assertEquals(before, everything());
    }

    private Set<Object> everything() {
        return Set.copyOf(cell.operated.dynamoDb().scanPaginator(scan -> scan.tableName("test")).items().stream()
                .toList());
    }

    private List<String> json(WarmPlanReading.Choice choice) throws IOException {
        List<String> lines = new ArrayList<>();
        for (WarmPlanLine line : new WarmPlanReading(cell.operated).of(choice).lines()) {
            lines.add(JSON.std.asString(line.fields()));
        }
        return lines;
    }

    private List<String> images(WarmPlanReading.Choice choice) {
        return new WarmPlanReading(cell.operated)
                .of(choice).lines().stream()
                        .flatMap(line -> Optional.ofNullable(line.fields().get("image")).stream())
                        .map(String::valueOf)
                        .toList();
    }

    private String text(WarmPlanReading.Choice choice) {
        return RecordedCell.printed(new WarmPlanView(new WarmPlanReading(cell.operated).of(choice))::print);
    }

    private static Instant at(String fromNow) {
        return NOW.plus(Duration.parse(fromNow));
    }
}
