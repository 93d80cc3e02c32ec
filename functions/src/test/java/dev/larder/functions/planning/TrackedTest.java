package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Track;
import dev.larder.events.WarmReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrackedTest {
    private static final String POSTGRES = "docker-hub/library/postgres";
    private static final String[] TAGS = {
        "9.6",
        "9.6.24",
        "9.6.24-alpine",
        "14",
        "14.15",
        "14.15-alpine",
        "15",
        "15.10",
        "15.10-alpine",
        "15.10-alpine3.20",
        "16",
        "16.6",
        "16.6-alpine",
        "16.6-bookworm",
        "17",
        "17.1",
        "17.1-alpine",
        "17.2",
        "17.2-alpine",
        "17.2-alpine3.20",
        "17.2-alpine3.21",
        "18beta1",
        "18rc1-alpine",
        "18.0",
        "18.0-alpine",
        "latest",
        "alpine",
        "latest-pg17",
        "3.20",
        "20240612",
        "0123456789abcdef0123456789abcdef01234567"
    };

    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void theNewestOfAVariantInARangeAreOrdered() {
        cell.listed(POSTGRES, TAGS);
        assertEquals(List.of("17.2-alpine", "17.1-alpine"), tracked(">=15 <18", List.of("alpine"), 2));
        assertEquals(
                WarmReason.TRACKED,
                cell.planning()
                        .plan(PlanningCell.NOON.plusSeconds(7200))
                        .plan()
                        .orders()
                        .getFirst()
                        .reason());
    }

    @Test
    void withoutAVariantOnlyPlainVersionsCount() {
        cell.listed(POSTGRES, TAGS);
        assertEquals(List.of("17.2", "17.1", "16.6"), tracked(">=15 <18", List.of(), 3));
    }

    @Test
    void eachVariantHasItsOwnNewest() {
        cell.listed(POSTGRES, TAGS);
        assertEquals(List.of("17.2-alpine", "16.6-bookworm"), tracked(">=15 <18", List.of("alpine", "bookworm"), 1));
    }

    @Test
    void versionsOfOldHaveMoreNumbersAndAreNotTheNewest() {
        cell.listed(POSTGRES, TAGS);
        assertEquals(List.of("18.0", "17.2"), tracked(Track.ANY_VERSION, List.of(), 2));
    }

    @Test
    void whereVersionsAreSingleNumbersThoseAreTracked() {
        cell.listed(POSTGRES, "39", "40", "41", "rawhide", "latest", "20240612");
        assertEquals(List.of("41", "40"), tracked(Track.ANY_VERSION, List.of(), 2));
    }

    @Test
    void whereThereAreOnlyDatesThoseAreTracked() {
        cell.listed(POSTGRES, "20240612", "20241105", "edge");
        assertEquals(List.of("20241105"), tracked(Track.ANY_VERSION, List.of(), 1));
    }

    @Test
    void datesThatFollowAWordAreTrackedAsItsVariant() {
        cell.listed(
                POSTGRES,
                "bookworm",
                "bookworm-20240812",
                "bookworm-20250721",
                "bookworm-20250721-slim",
                "trixie-20250811");
        assertEquals(List.of("bookworm-20250721", "bookworm-20240812"), tracked(">=20240101", List.of("bookworm"), 3));
    }

    @Test
    void aVersionWithTheDateOfItsBuildIsOne() {
        cell.listed(POSTGRES, "9", "9.4", "9.5", "9.5-20241118", "9.5-20241001", "9.4-20240930", "9-20241118");
        assertEquals(List.of("9.5-20241118", "9.5-20241001"), tracked(">=9", List.of(), 2));
    }

    @Test
    void datesWithDashesAndTimesAreTracked() {
        cell.listed(
                POSTGRES,
                "latest",
                "RELEASE.2024-12-18T13-15-44Z",
                "RELEASE.2025-01-03T09-01-02Z",
                "RELEASE.2025-01-03T22-53-53Z",
                "RELEASE.2024-06-13T22-53-53Z.fips");
        assertEquals(
                List.of("RELEASE.2025-01-03T22-53-53Z", "RELEASE.2025-01-03T09-01-02Z", "RELEASE.2024-12-18T13-15-44Z"),
                tracked(Track.ANY_VERSION, List.of(), 5));
        cell.listed(POSTGRES, "2024-12-30", "2025-01-02");
        assertEquals(List.of("2025-01-02"), tracked(">=20240601", List.of(), 1));
    }

    @Test
    void aStrayTagOfTwoNumbersDoesNotHideSingleOnes() {
        cell.listed(POSTGRES, "39", "40", "41", "3.20");
        assertEquals(List.of("41", "40"), tracked(Track.ANY_VERSION, List.of(), 2));
    }

    @Test
    void theNumberOfABuildIsNoVersionWhereThereAreVersions() {
        cell.listed(POSTGRES, "1.2.3", "1.2.4", "81234", "1.2", "1");
        assertEquals(List.of("1.2.4", "1.2.3"), tracked(Track.ANY_VERSION, List.of(), 3));
    }

    @Test
    void tagsThatOnlyLookLikeVersionsAreNotTracked() {
        cell.listed(POSTGRES, "latest-pg17", "0123456789abcdef0123456789abcdef01234567", "latest");
        assertEquals(List.of(), tracked(Track.ANY_VERSION, List.of(), 2));
        assertEquals(
                List.of("the track " + POSTGRES + " >=0 matches none of the 3 tags that are known of " + POSTGRES),
                cell.planning().plan(PlanningCell.NOON).notes());
    }

    @Test
    void nothingIsTrackedBeforeTheListWasRead() {
        assertEquals(List.of(), tracked(">=15 <18", List.of(), 2));
    }

    private List<String> tracked(String versions, List<String> variants, int newest) {
        cell.warm = PlanningCell.warm(List.of(), List.of(new Track(POSTGRES, versions, variants, newest)));
        return cell.planned().stream()
                .map(image -> image.substring(image.indexOf(':') + 1))
                .toList();
    }
}
