package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.InvalidConfigException;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.warming.NewTags;
import dev.larder.domain.warming.Sightings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.warm.Upstreams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code larder status} says of pinned images and of budgets. */
class PinStatusTest {
    private static final Instant NOW = RecordedCell.NOW;
    private static final String HEX = "1".repeat(64);
    private static final String CONFIG = """
            name: test
            cells:
              - { account: "111122223333", region: eu-central-1 }
            upstreams:
              quay: { registry: quay, budget: { pulls: 100, per: 6h, reserve: 50%% } }
              public: { registry: ecr-public }
            warm:
              pins: [quay/app/web:1, quay/app/api:2, "quay/app/tool@sha256:%s"]
            """.formatted(HEX);

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private RecordedCell cell;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder, CONFIG);
        warm("quay/app/web:1");
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void whatIsPinnedAndNotWarmIsToldWithTheReason() {
        Failure failure = Failure.classify("ImageNotFound", "no such tag");
        cell.operated.images().warmFailed(ImageReference.parse("quay/app/api:2"), failure, NOW.minusSeconds(7200));
        cell.operated.images().warmFailed(ImageReference.parse("quay/app/api:2"), failure, NOW.minusSeconds(60));
        assertEquals("""
                pinned images: 2 of 3 are NOT WARM
                IMAGE                                                                                  LAST FAILURE                      REASON
                quay/app/api:2                                                                         2026-11-24T10:19:00Z (1 min ago)  ImageNotFound: no such tag; failed 2 times in a row
                quay/app/tool@sha256:1111111111111111111111111111111111111111111111111111111111111111  never                             not warmed yet

                """, pins());
    }

    @Test
    void anImageOfAnUpstreamThatFailedSaysThat() {
        UpstreamState before = cell.operated.upstreams().of("quay");
        cell.operated
                .upstreams()
                .failed(
                        "quay",
                        before,
                        Circuit.CLOSED.failed(FailureKind.UPSTREAM_LIMIT, NOW),
                        Failure.classify("TooManyRequests", "429"),
                        NOW);
        assertEquals(2, pins().split("not warmed yet: quay failed with TooManyRequests", -1).length - 1, this::pins);
    }

    @Test
    void aPatternWhoseListTheUpstreamRefusesIsNotWarm() throws IOException, InvalidConfigException {
        cell.close();
        cell = new RecordedCell(folder, CONFIG.replace("quay/app/api:2", "\"quay/app/many:9.*\""));
        warm("quay/app/web:1");
        warm("quay/app/tool@sha256:" + HEX);
        assertEquals("pinned images: all 2 are warm\n\n", pins(), "nobody has read the list yet");
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
        assertEquals("""
                pinned images: 1 of 3 are NOT WARM
                IMAGE              LAST FAILURE  REASON
                quay/app/many:9.*  never         the list of its tags was not read: unauthorized: login required

                """, pins());
    }

    @Test
    void whenAllAreWarmOneLineSaysSo() {
        warm("quay/app/api:2");
        warm("quay/app/tool@sha256:" + HEX);
        assertEquals("pinned images: all 3 are warm\n\n", pins());
    }

    @Test
    void aBudgetIsWhatTheFileAllowsUntilTheUpstreamReportsLess() {
        assertEquals("25 of 25, the file: 100 per 6 h, 50% kept for users", funds("quay"));
        assertEquals("no limit, none known", funds("public"));
        cell.operated
                .upstreams()
                .reported("quay", new ReportedLimit(100, 60, Duration.ofHours(6)), NOW.minusSeconds(60));
        assertEquals(
                "10 of 25, the file: 100 per 6 h, 50% kept for users; the upstream, 2026-11-24T10:19:00Z (1 min ago):"
                        + " 60 left of 100 per 6 h",
                funds("quay"));
    }

    private void warm(String image) {
        switch (ImageReference.parse(image)) {
            case Tagged tagged -> cell.operated.images().imported(tagged, new Digest("sha256:" + HEX), NOW);
            case ImageReference.Digested digested ->
                cell.operated
                        .images()
                        .describe(new StoredManifest(
                                digested,
                                Optional.of("application/vnd.oci.image.manifest.v1+json"),
                                Set.of(),
                                Set.of(),
                                OptionalLong.of(1),
                                Optional.empty()));
        }
    }

    private String pins() {
        return RecordedCell.printed(
                new PinStatus(new Upstreams(cell.operated.config().upstreams()), cell.operated.planning(), NOW)::print);
    }

    private String funds(String prefix) {
        Upstream upstream = cell.operated.config().upstreams().stream()
                .filter(one -> one.prefix().equals(prefix))
                .findFirst()
                .orElseThrow();
        FundsView funds = FundsView.of(upstream, cell.operated.upstreams().of(prefix), NOW);
        return funds.left() + ", " + funds.limits();
    }
}
