package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.InvalidConfigException;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.RecordState.Trail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code larder usage IMAGE} says, from the real record. */
class ImageUsageTest {
    private static final String IMAGE = "quay/app/web:1";
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String BY_DIGEST = "quay/app/web@" + DIGEST;
    private static final Instant BEGUN = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private RecordedCell cell;

    @BeforeEach
    void aCell() throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder);
        cell.operated.images().imported((Tagged) ImageReference.parse(IMAGE), new Digest(DIGEST), BEGUN);
        cell.pull(IMAGE, RecordedCell.NODE, "2026-11-22T10:00:00Z");
        cell.sync(IMAGE, "2026-11-22T10:00:05Z");
        cell.pull(IMAGE, RecordedCell.CI, "2026-11-22T12:00:00Z");
        cell.pull(BY_DIGEST, RecordedCell.NODE, "2026-11-22T14:00:00Z");
        cell.pull(IMAGE, RecordedCell.NODE, "2026-11-22T15:00:00Z", Optional.of("ImageNotFoundException"));
        cell.rollUp("2026-11-24T03:00:00Z");
        cell.pull(IMAGE, RecordedCell.NODE, "2026-11-24T09:00:00Z");
    }

    @AfterEach
    void close() {
        cell.close();
    }

    private void complete() {
        cell.complete(BEGUN);
    }

    private String printed(String image) {
        ImageUsage usage = cell.usage(image);
        return RecordedCell.printed(out -> new ImageUsageView(usage, RecordedCell.NOW).print(out));
    }

    @Test
    void aPersonReadsDaysAndCallersAndWhatItRestsOn() {
        complete();
        cell.ecr.image("quay/app/web", "a", Instant.parse("2026-11-24T09:00:01Z"), "1");
        assertEquals("""
                quay/app/web:1 since 2026-10-25

                DAY         PULLS  BY DIGEST  COLD  STALE  FAILED  LATE  HIT RATIO  BYTES
                2026-11-22      3          1     1      0       1     0      66.6%    0 B
                2026-11-24      1          0     0      0       0     0     100.0%    0 B
                total           4          1     1      0       1     0      75.0%    0 B

                PRINCIPAL                            PULLS
                arn:aws:iam::111122223333:role/node      3
                arn:aws:iam::111122223333:role/ci        1

                FAILED WITH             TIMES
                ImageNotFoundException      1

                last pull by the record: 2026-11-24T09:00:00Z (1 h ago)
                last pull by ECR:        2026-11-24T09:00:01Z (1 h ago)
                witness:                 record, complete since 2026-11-01T00:00:00Z (23 d ago) (arn:trail logs pulls since then)
                                         pulls before that may be missing above
                """, printed(IMAGE));
    }

    @Test
    void aProgramReadsOneObject() throws IOException {
        complete();
        cell.ecr.image("quay/app/web", "a", Instant.parse("2026-11-24T09:00:01Z"), "1");
        Map<String, Object> json = JSON.std.mapFrom(JSON.std.asString(ImageUsageJson.fields(cell.usage(IMAGE))));
        assertEquals(4, json.get("pulls"));
        assertEquals(1, json.get("cold"));
        assertEquals(Map.of("ImageNotFoundException", 1), json.get("failures"));
        assertEquals(Map.of(RecordedCell.NODE, 3, RecordedCell.CI, 1), json.get("by"));
        assertEquals("2026-11-24T09:00:00Z", json.get("lastPulledAt"));
        assertEquals("2026-11-24T09:00:01Z", json.get("ecrLastPulledAt"));
        assertEquals("record", json.get("witness"));
        assertEquals("2026-11-01T00:00:00Z", json.get("completeSince"));
        assertEquals(false, json.get("disagree"));
        assertTrue(String.valueOf(json.get("days")).startsWith("[{day=2026-11-22, pulls=3,"), json.toString());
    }

    @Test
    void anImageByDigestHasItsOwnPullsAndTheTagsThatPointThere() {
        complete();
        String printed = printed(BY_DIGEST);
        assertTrue(printed.contains("2026-11-22      1          0"), printed);
        assertTrue(printed.contains("tags there now:          1\n"), printed);
        assertTrue(printed.contains("last pull by ECR:        not in the cache"), printed);
    }

    @Test
    void nobodyPulledIsSaidInSoManyWords() {
        complete();
        String printed = printed("quay/app/other:2");
        assertTrue(
                printed.startsWith("nobody pulled quay/app/other:2 since 2026-10-25, as far as is recorded\n"),
                printed);
        assertTrue(printed.contains("last pull by the record: never"), printed);
    }

    @Test
    void aPullThatOnlyEcrSawIsPointedAt() {
        complete();
        cell.ecr.image("quay/app/web", "a", Instant.parse("2026-11-24T10:15:00Z"), "1");
        assertTrue(printed(IMAGE).contains("THE WITNESSES DISAGREE:  ECR saw a pull 1 h after the record's last"));
        assertEquals(true, ImageUsageJson.fields(cell.usage(IMAGE)).get("disagree"));
    }

    @Test
    void withoutATrailOnlyEcrBearsWitness() {
        cell.state().begin(BEGUN);
        cell.state().trail(new Trail("none", "no trail logs them", RecordedCell.NOW));
        assertTrue(printed(IMAGE)
                .contains("witness:                 ECR only: the account has no trail that logs pulls (no trail logs"
                        + " them); a day exact, refreshed by any scanner, no counts"));
        assertEquals("ecr", cell.usage(IMAGE).witness().kind());
    }

    @Test
    void aRecordThatNobodyCouldCheckIsIncompleteForAllThatIsKnown() {
        complete();
        cell.state().trail(new Trail("unreadable", "could not list the trails: AccessDenied", RecordedCell.NOW));
        Witness witness = cell.usage(IMAGE).witness();
        assertEquals("incomplete record", witness.kind());
        assertEquals(
                "record, incomplete for all that is known: whether CloudTrail logs pulls could not be read at"
                        + " 2026-11-24T10:20:00Z: could not list the trails: AccessDenied",
                witness.text());
    }

    @Test
    void aRecordThatHasNotBegunIsNoWitness() {
        assertEquals("ecr", cell.usage(IMAGE).witness().kind());
        assertFalse(printed(IMAGE).contains("complete since"));
    }

    @Test
    void whatWaitsAmongTheDeadLettersIsMissing() {
        complete();
        cell.state().waiting(3, RecordedCell.NOW);
        ImageUsage usage = cell.usage(IMAGE);
        assertEquals("incomplete record", usage.witness().kind());
        assertEquals(Optional.empty(), usage.completeSince());
    }
}
