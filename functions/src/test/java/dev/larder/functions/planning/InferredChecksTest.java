package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which pulls of users are taken for checks that nobody told of. */
class InferredChecksTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final Duration DAY = Duration.ofDays(1);
    private static final String NGINX = "docker-hub/library/nginx:1.27";

    private final PlanningCell cell = new PlanningCell();

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void aPullAfterTheCheckRanOutMustHaveMadeAnotherOneThatNobodyToldOf() {
        cell.daily(6, NGINX);
        cell.cached(NGINX, NOON.minus(DAY).minusSeconds(3600));
        Instant pulled = NOON.minusSeconds(1800);
        cell.pulled(NGINX, pulled);
        assertEquals(List.of(), cell.planned());
        assertEquals(
                Optional.of(pulled),
                cell.images.tagged(PlanningCell.tagged(NGINX)).orElseThrow().checkedAt());
    }

    @Test
    void aPullThatEcrServedFromTheCacheInAnOutageMadeNone() {
        cell.daily(6, NGINX);
        Instant checked = NOON.minus(DAY).minusSeconds(7200);
        cell.cached(NGINX, checked);
        Tagged image = PlanningCell.tagged(NGINX);
        cell.pulled(NGINX, NOON.minusSeconds(3600), NOON.minusSeconds(3600));
        cell.images.checkFailed(image, "503", NOON.minusSeconds(3599));
        assertEquals(
                List.of(NGINX), cell.planned(), "one of the two says that it was served so, the other one nothing");
        cell.clock.advance(Duration.ofMinutes(45));
        cell.images.checkFailed(image, "503", NOON);
        assertEquals(List.of(NGINX), cell.planned(), "its own check failed as well");
        assertEquals(
                Optional.of(checked), cell.images.tagged(image).orElseThrow().checkedAt());
        Instant after = NOON.plusSeconds(1800);
        cell.pulled(NGINX, after);
        cell.clock.advance(Duration.ofMinutes(45));
        assertEquals(List.of(), cell.planned());
        assertEquals(Optional.of(after), cell.images.tagged(image).orElseThrow().checkedAt());
    }

    @Test
    void aPullBeforeTheCheckRanOutSaysNothingOfIt() {
        cell.daily(6, NGINX);
        Instant checked = NOON.minus(DAY).minusSeconds(3600);
        cell.cached(NGINX, checked);
        cell.pulled(NGINX, NOON.minusSeconds(3601));
        assertEquals(List.of(NGINX), cell.planned());
        assertEquals(
                Optional.of(checked),
                cell.images.tagged(PlanningCell.tagged(NGINX)).orElseThrow().checkedAt());
    }
}
