package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.InvalidConfigException;
import dev.larder.functions.usage.RecordState.Gap;
import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.usage.RecordState.Trail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code larder top} and {@code larder status} say, from the real record. */
class RecordViewsTest {
    private static final String OLD = "quay/app/old:1";
    private static final String NEW = "quay/app/new:1";
    private static final String BY_DIGEST = "quay/app/new@sha256:" + "b".repeat(64);

    @TempDir
    private Path folder = Path.of("");

    private RecordedCell cell;

    @BeforeEach
    void aCell() throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder);
        for (int minute = 10; minute < 16; minute++) {
            cell.pull(OLD, RecordedCell.NODE, "2026-10-31T10:" + minute + ":00Z");
        }
        cell.pull(BY_DIGEST, RecordedCell.NODE, "2026-11-22T10:00:00Z");
        cell.pull(NEW, RecordedCell.NODE, "2026-11-22T10:00:00Z");
        cell.sync(NEW, "2026-11-22T10:00:02Z");
        cell.rollUp("2026-11-24T03:00:00Z");
        cell.pull(NEW, RecordedCell.CI, "2026-11-24T09:00:00Z");
    }

    @AfterEach
    void close() {
        cell.close();
    }

    private TopReading top() {
        return new TopReading(cell.operated.usage(), cell.operated.config().upstreams());
    }

    @Test
    void recentPullsWeighMoreThanManyOldOnesAndTodaysCount() {
        assertEquals("""
                IMAGE           PULLS  COLD  STALE  FAILED  HIT RATIO  BYTES  LAST PULL
                quay/app/new:1      2     1      0       0      50.0%    0 B  2026-11-24T09:00:00Z (1 h ago)
                quay/app/old:1      6     0      0       0     100.0%    0 B  2026-10-31T10:15:00Z (24 d ago)
                """, TopRow.table(top().popular(20), RecordedCell.NOW).toString());
        assertEquals(
                List.of("image", "pulls", "cold", "stale", "failed", "hitRatio", "bytes", "lastPulledAt", "popularity"),
                List.copyOf(top().popular(1).getFirst().fields().keySet()));
    }

    @Test
    void pullsOfSomeDaysCountAllAlikeAndDigestsStandForThemselves() {
        List<TopRow> rows = top().since(new Since(30).from(RecordedCell.NOW), Ranking.pulls, 20);
        assertEquals(
                List.of(OLD + " 6", NEW + " 2", BY_DIGEST + " 1"),
                rows.stream().map(row -> row.image() + " " + row.sums().pulls()).toList());
        assertEquals(
                Instant.parse("2026-11-22T10:00:00Z"),
                rows.getLast().lastPulledAt().orElseThrow());
        assertEquals(
                List.of(NEW),
                top().since(new Since(7).from(RecordedCell.NOW), Ranking.cold, 20).stream()
                        .map(row -> row.image().toString())
                        .toList());
    }

    @Test
    void withoutATrailEcrsOwnTimesAreInOrder() {
        cell.ecr.image("quay/app/new", "a", Instant.parse("2026-11-24T09:00:00Z"), "1", "latest");
        cell.ecr.image("quay/app/new", "b", Instant.parse("2026-11-24T10:00:00Z"));
        cell.ecr.image("quay/app/never", "c", null, "1");
        cell.ecr.archived("quay/app/new", "e", RecordedCell.NOW);
        cell.ecr.image("mine/own", "d", RecordedCell.NOW, "1");
        UsageRecord record = cell.operated.usage();
        List<EcrPulls.Seen> seen = new EcrPulls(
                        cell.operated.inventory(),
                        repository -> record.prefixOf(repository).isPresent())
                .last(20);
        assertEquals(
                List.of("quay/app/new@sha256:" + "b".repeat(64), "quay/app/new:1,latest"),
                seen.stream().map(EcrPulls.Seen::image).toList());
        String table = EcrPulls.table(seen, RecordedCell.NOW).toString();
        assertTrue(table.contains("2026-11-24T10:00:00Z (20 min ago)\nquay/app/new:1,latest "), table);
        assertEquals("ecr", seen.getFirst().fields().get("witness"));
    }

    private String status() {
        RecordStatus status = new RecordStatus(
                cell.state(),
                cell.operated.usage().checked(),
                cell.operated.config().upstreams(),
                RecordedCell.NOW);
        return RecordedCell.printed(status::print);
    }

    @Test
    void aMissingTrailIsSaidFirstAndLoudly() {
        cell.state().trail(new Trail("stopped", "arn:trail was stopped", RecordedCell.NOW.minusSeconds(60)));
        assertTrue(
                status().startsWith(
                                "NO PULL IS RECORDED: arn:trail was stopped; seen 2026-11-24T10:19:00Z (1 min ago)\n"),
                status());
    }

    @Test
    void theStatusTellsSinceWhenTheRecordIsCompleteAndWhy() {
        cell.state().begin(Instant.parse("2026-11-01T00:00:00Z"));
        cell.state().trail(new Trail("logging", "arn:trail logs pulls", RecordedCell.NOW));
        cell.state().incompleteUntil(new Gap("quay", Instant.parse("2026-11-10T00:00:00Z"), "the trail was stopped"));
        cell.state().waiting(0, RecordedCell.NOW);
        cell.state().reconciled(new Reconciled(RecordedCell.NOW, 12, List.of("quay/app/new@sha256:b"), List.of()));
        assertEquals(
                """
                pulls are recorded: arn:trail logs pulls; seen 2026-11-24T10:20:00Z (0 s ago)

                UPSTREAM  EVERY PULL RECORDED SINCE
                quay      2026-11-10T00:00:00Z (14 d ago)

                GAP UNTIL                        UPSTREAM  NOTICED BECAUSE
                2026-11-10T00:00:00Z (14 d ago)  quay      the trail was stopped

                last comparison with ECR: 2026-11-24T10:20:00Z (0 s ago), 12 images;
                  only ECR saw pulled:
                    quay/app/new@sha256:b; none that only the record saw pulled
                """.replace("GAP UNTIL                         UPSTREAM", "GAP UNTIL                        UPSTREAM"),
                status());
    }

    @Test
    void whatNobodyCheckedLatelyIsSaidWithWhatFollows() {
        cell.complete(Instant.parse("2026-11-01T00:00:00Z"));
        cell.state().reconciled(new Reconciled(Instant.parse("2026-11-23T20:00:00Z"), 12, List.of(), List.of()));
        String status = status();
        assertTrue(
                status.contains(
                        "quay      unknown while it is not checked: 2026-11-01T00:00:00Z (23 d ago) if all went well\n"),
                status);
        assertTrue(
                status.contains(
                        "NOTHING IS EVICTED: the record was last compared with ECR at 2026-11-23T20:00:00Z, more than"
                                + " 13 hours ago; UsageKeeper does that every 6 hours, and logs why it cannot\n"),
                status);
        cell.state().trail(new Trail("unreadable", "could not list the trails: denied", RecordedCell.NOW));
        assertTrue(status().startsWith("NOBODY KNOWS WHETHER PULLS ARE RECORDED: could not list the trails: denied"));
    }

    @Test
    void deadLettersLeaveItOpenWhetherTheRecordIsComplete() {
        cell.state().begin(RecordedCell.NOW);
        cell.state().waiting(3, RecordedCell.NOW.minusSeconds(7200));
        assertTrue(status().contains("quay      unknown while dead letters wait"), status());
        assertTrue(
                status().contains("dead letters: 3 messages with pulls wait since 2026-11-24T08:20:00Z (2 h ago)"),
                status());
    }

    @Test
    void aCellThatNobodyHasLookedAtYetSaysSo() {
        assertTrue(status().startsWith("nobody has looked at the account's trail yet"), status());
        assertTrue(status().contains("quay      no pull recorded yet"), status());
        assertTrue(status().contains("last comparison with ECR: none yet"), status());
    }
}
