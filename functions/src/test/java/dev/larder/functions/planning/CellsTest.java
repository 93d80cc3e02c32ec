package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Substitute;
import dev.larder.config.Upstream;
import dev.larder.events.OwnEvent;
import dev.larder.events.OwnEvent.ImagesPopular;
import dev.larder.events.WarmReason;
import dev.larder.functions.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is popular in one cell is warm in another, by the bus and each cell's own table. */
class CellsTest {
    private static final Instant NOON = PlanningCell.NOON;
    private static final String HERE = "111122223333/eu-central-1";
    private static final String THERE = "111122223333/us-east-1";
    private static final String NGINX = "docker-hub/library/nginx:1.27";

    private final MovableClock clock = new MovableClock(NOON);
    private final PlanningCell here = new PlanningCell(HERE, clock);
    private final PlanningCell there = new PlanningCell(THERE, clock);

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void whatIsPopularHereIsOrderedThere() {
        here.tells(List.of(THERE), List.of());
        here.daily(6, NGINX);
        here.pulled(NGINX, NOON.minusSeconds(60));
        tell();
        assertEquals(List.of(NGINX), there.planned());
        clock.advance(Duration.ofMinutes(15));
        assertEquals(
                WarmReason.WANTED_ELSEWHERE,
                there.planning()
                        .plan(clock.instant())
                        .plan()
                        .orders()
                        .getFirst()
                        .reason());
    }

    @Test
    void whatIsPulledEachDayHereIsExpectedThereEachDay() {
        here.tells(List.of(THERE), List.of());
        here.daily(27, NGINX);
        here.pulled(NGINX, NOON.minusSeconds(60));
        tell();
        double saves = there.planning()
                .plan(clock.instant())
                .plan()
                .orders()
                .getFirst()
                .saves();
        assertTrue(saves > 0.95 * 5, () -> saves + ", and five for a pull that waits for an import is the most");
    }

    @Test
    void whatIsOnlyWantedElsewhereIsNotToldOn() {
        here.tells(List.of(THERE), List.of());
        there.tells(List.of(HERE), List.of());
        here.daily(6, NGINX);
        here.pulled(NGINX, NOON.minusSeconds(60));
        tell();
        assertEquals(List.of(NGINX), there.planned());
        assertEquals(List.of(), there.bus.events());
        there.cached(NGINX, clock.instant());
        clock.advance(Duration.ofMinutes(15));
        there.plan();
        assertEquals(List.of(), there.bus.events());
    }

    @Test
    void aCellThatNobodyIsToHearTellsNothing() {
        here.daily(6, NGINX);
        here.plan();
        assertEquals(List.of(), here.bus.events());
    }

    @Test
    void whatIsHardlyPulledIsNotTold() {
        here.tells(List.of(THERE), List.of());
        here.daily(6, NGINX);
        clock.advance(Duration.ofDays(8));
        here.plan();
        assertEquals(List.of(), here.bus.events());
    }

    @Test
    void aThousandImagesAreToldByAHundred() {
        here.tells(List.of(THERE), List.of());
        here.daily(
                6,
                IntStream.range(0, 250)
                        .mapToObj(i -> "docker-hub/library/image" + i + ":1")
                        .toArray(String[]::new));
        here.plan();
        List<Integer> sizes = here.bus.events().stream()
                .map(event -> ((ImagesPopular) event).images().size())
                .toList();
        assertEquals(List.of(100, 100, 50), sizes);
        tell();
        assertEquals(
                250,
                new DynamoDbElsewhere(there.local.table())
                        .pullsPerDay(clock.instant())
                        .size());
    }

    @Test
    void whatACellSaysTwiceCountsOnceAndWhatItDoesNotRepeatIsForgotten() {
        ImagesPopular event =
                new ImagesPopular(HERE, List.of(new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 2)), NOON);
        there.hears(event);
        there.hears(event);
        there.hears(new ImagesPopular(
                "444455556666/eu-central-1", List.of(new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 1.5)), NOON));
        DynamoDbElsewhere elsewhere = new DynamoDbElsewhere(there.local.table());
        assertEquals(3.5, elsewhere.pullsPerDay(NOON).get(PlanningCell.tagged(NGINX)));
        clock.advance(Duration.ofDays(2));
        assertEquals(0, elsewhere.pullsPerDay(clock.instant()).size());
        assertEquals(List.of(), there.planned());
    }

    @Test
    void anImageThatIsTwiceInAnEventIsHeardAllTheSame() {
        there.hears(new ImagesPopular(
                HERE,
                List.of(
                        new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 2),
                        new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 3)),
                NOON));
        assertEquals(List.of(NGINX), there.planned());
    }

    @Test
    void olderNewsThatComesLateDoesNotReplaceNewer() {
        there.hears(new ImagesPopular(HERE, List.of(new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 2)), NOON));
        there.hears(new ImagesPopular(
                HERE,
                List.of(new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 9)),
                NOON.minus(Duration.ofDays(1))));
        assertEquals(
                2.0,
                new DynamoDbElsewhere(there.local.table()).pullsPerDay(NOON).get(PlanningCell.tagged(NGINX)));
    }

    @Test
    void whatIsUnderNoUpstreamOfThisCellIsLeftOut() {
        there.hears(new ImagesPopular(
                HERE, List.of(new ImagesPopular.Wanted(PlanningCell.tagged("quay/team/tool:1"), 2)), NOON));
        assertEquals(List.of(), there.planned());
    }

    @Test
    void whatIsWantedElsewhereIsWarmedUnderTheNameThatItIsPulledBy() {
        there.upstreams = List.of(
                PlanningCell.hub(Optional.empty()),
                new Upstream(
                        "ecr-public",
                        Registry.ECR_PUBLIC,
                        "public.ecr.aws",
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
        there.tells(List.of(), List.of(new Substitute("docker-hub/library/*", "ecr-public/docker/library/*")));
        there.hears(new ImagesPopular(HERE, List.of(new ImagesPopular.Wanted(PlanningCell.tagged(NGINX), 2)), NOON));
        assertEquals(List.of(NGINX), there.planned());
    }

    private void tell() {
        if (here.bus.events().isEmpty()) {
            here.plan();
        }
        List<OwnEvent> events = new ArrayList<>(here.bus.events());
        assertTrue(!events.isEmpty());
        events.forEach(there::hears);
    }
}
