package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Warm;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pins by tag and by pattern. */
class PinnedTest extends PinFixture {
    @Test
    void anExactPinThatIsNotCachedIsOrderedAtOnceForThePlatformsOfTheFile() {
        cell.pin(NGINX + ":1.27");
        WarmOrder order = cell.plan().getFirst();
        assertEquals(NGINX + ":1.27", order.image().toString());
        assertEquals(WarmReason.PINNED, order.reason());
        assertEquals(List.of(Platform.parse("linux/amd64")), order.platforms());
        assertEquals(PlanningCell.NOON, order.notBefore());
        assertEquals(false, order.refresh());
    }

    @Test
    void aPatternOrdersWhatMatchesOfTheTagsThatAreKnown() {
        cell.pin(NGINX + ":1.27*-alpine");
        cell.listed(NGINX, "1.26.1-alpine", "1.27.1-alpine", "1.27.2", "1.27.3-alpine");
        assertEquals(List.of(NGINX + ":1.27.3-alpine", NGINX + ":1.27.1-alpine"), cell.planned(), "the newest first");
    }

    @Test
    void aPatternThatMatchesNothingIsSaidSo() {
        cell.pin(NGINX + ":9.*");
        cell.listed(NGINX, "1.27");
        WarmPlanning.Planned planned = cell.planning().plan(PlanningCell.NOON);
        assertEquals(List.of(), planned.plan().orders());
        assertEquals(
                List.of("the pin " + NGINX + ":9.* matches none of the 1 tags that are known of " + NGINX),
                planned.notes());
        assertTrue(cell.printed().contains("matches none of the 1 tags"));
    }

    @Test
    void aPatternThatMatchesTooMuchStopsAtTheLimitOfImagesWithTheNewest() {
        cell.pin(NGINX + ":1.*");
        cell.limit(new Warm.Limits(2, 500_000_000_000L));
        cell.listed(NGINX, "1.8", "1.9", "1.10", "1.11");
        assertEquals(List.of(NGINX + ":1.11", NGINX + ":1.10"), cell.planned());
        WarmPlanning.Planned later = cell.planning().plan(cell.clock.instant());
        assertEquals(2, later.plan().orders().size(), "what is under way is not ordered twice");
    }

    @Test
    void aTagThatLarderSetIsNeverOrdered() {
        cell.pin(NGINX + ":l*");
        cell.listed(NGINX, "latest", "larder-keep-0123456789ab");
        cell.pulled(NGINX + ":larder-keep-0123456789ab", PlanningCell.NOON.minusSeconds(60), PlanningCell.NOON);
        assertEquals(List.of(NGINX + ":latest"), cell.planned());
    }

    @Test
    void aPinGoesBeforeWhatUsersFailedToGetHoweverMuchThatSaves() {
        cell.upstreams = List.of(
                PlanningCell.hub(Optional.of(new Budget(40, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS))));
        cell.pin(NGINX + ":1.27");
        cell.failed("docker-hub/library/app:0f1e2d3", PlanningCell.NOON.minusSeconds(60));
        cell.failed("docker-hub/library/app:4c5b6a7", PlanningCell.NOON.minusSeconds(60));
        assertEquals(NGINX + ":1.27", cell.planned().getFirst());
    }

    @Test
    void aPinnedPatternOfManyTagsDoesNotKeepAnotherPinWaiting() {
        cell.pin("docker-hub/library/app:*", NGINX + ":1.27");
        cell.limit(new Warm.Limits(2, 500_000_000_000L));
        cell.listed("docker-hub/library/app", "1.1", "1.2", "1.3", "1.4");
        assertEquals(List.of("docker-hub/library/app:1.4", NGINX + ":1.27"), cell.planned());
    }
}
