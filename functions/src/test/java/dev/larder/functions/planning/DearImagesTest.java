package dev.larder.functions.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Budget;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Circuit;
import dev.larder.domain.upstream.Saving;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Price;
import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that costs more than half of the share has its window, however often the lookout has something to ask. */
class DearImagesTest {
    private static final Tagged DEAR = PlanningCell.tagged("docker-hub/library/dear:1");
    private static final Duration PERIOD = Duration.ofMinutes(15);

    /** An image of five platforms is thought to cost 47 of them: eight blobs each. */
    private static final int SHARE = 80;

    private record Spent(Instant at, int requests) {}

    private static PlanningCell cell(Duration window) {
        PlanningCell cell = new PlanningCell();
        cell.upstreams =
                List.of(PlanningCell.hub(Optional.of(new Budget(2 * SHARE, window, 50, Budget.Counts.REQUESTS))));
        return cell;
    }

    private static String[] platforms(int count) {
        return IntStream.range(0, count).mapToObj(i -> "linux/arm/v" + i).toArray(String[]::new);
    }

    private static Optional<Saving> saving(PlanningCell cell) {
        return cell.states.of("docker-hub").saving().filter(saving -> saving.isOn(cell.clock.instant()));
    }

    private static boolean look(PlanningCell cell) {
        Upstream hub = cell.upstreams.getFirst();
        return new UpstreamFunds(cell.states).payForWhatCanWait(hub, 1, cell.clock.instant());
    }

    /** It is warm, so that its size is known, and a day later the upstream has moved its tag to another as large. */
    private static void moves(PlanningCell cell, Tagged image, int platforms) {
        cell.ecr.publish(image, platforms(platforms));
        cell.plan().forEach(cell::work);
        assertTrue(cell.ecr.cached(image).isPresent());
        cell.clock.advance(Duration.ofDays(3));
        cell.ecr.publish(image, platforms(platforms));
    }

    private static boolean isNew(PlanningCell cell, Tagged image) {
        return cell.ecr.cached(image).equals(cell.ecr.published(image));
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void itIsWarmInBoundedTimeAndTheLooksHaveTheirTurn(
            @ForAll @IntRange(min = 5, max = 8) int platforms,
            @ForAll @IntRange(min = 1, max = 30) int windowOfQuarters,
            @ForAll @IntRange(min = 1, max = 899) int secondsBefore) {
        Duration window = PERIOD.multipliedBy(windowOfQuarters);
        try (PlanningCell cell = cell(window)) {
            cell.pin(DEAR.toString());
            moves(cell, DEAR, platforms);
            List<Spent> spent = new ArrayList<>();
            int plans = 0;
            while (!isNew(cell, DEAR)) {
                plans++;
                assertTrue(plans <= 2 * windowOfQuarters + 8, "it waits for more than two windows and some plans");
                look(cell, spent);
                cell.clock.advance(Duration.ofSeconds(secondsBefore));
                for (WarmOrder order : cell.plan()) {
                    cell.work(order);
                    if (isNew(cell, DEAR)) {
                        spent.add(new Spent(cell.clock.instant(), 2 + 3 * platforms));
                    }
                }
                cell.clock.advance(PERIOD.minusSeconds(secondsBefore));
            }
            int before = spent.size();
            for (int after = 0; after < 2 * windowOfQuarters + 2; after++) {
                look(cell, spent);
                cell.plan();
                cell.clock.advance(PERIOD);
            }
            assertTrue(spent.size() > before, "what waited has its turn afterwards");
            for (Spent first : spent) {
                int sum = spent.stream()
                        .filter(one -> !one.at().isBefore(first.at())
                                && one.at().isBefore(first.at().plus(window)))
                        .mapToInt(Spent::requests)
                        .sum();
                assertTrue(sum <= SHARE, sum + " requests in the window from " + first.at());
            }
        }
    }

    private static void look(PlanningCell cell, List<Spent> spent) {
        if (look(cell)) {
            spent.add(new Spent(cell.clock.instant(), 1));
        }
    }

    @Test
    void whatTheFileAsksForDoesNotWaitForWhatUsersFailedToGetNorThatForWhatNobodyAskedFor() {
        Tagged pinned = PlanningCell.tagged("docker-hub/library/pinned:1");
        Tagged missed = PlanningCell.tagged("docker-hub/library/missed:1");
        List<Candidate> ranked = List.of(
                candidate(pinned, WarmReason.PINNED, true),
                candidate(missed, WarmReason.FAILED_PULL, true),
                candidate(DEAR, WarmReason.POPULAR, false));
        assertEquals(ranked, savedFor(DEAR, ranked));
        List<Candidate> two =
                List.of(candidate(pinned, WarmReason.POPULAR, false), candidate(DEAR, WarmReason.POPULAR, false));
        assertEquals(two.reversed(), savedFor(DEAR, two));
        List<Candidate> pinnedFirst =
                List.of(candidate(pinned, WarmReason.PINNED, true), candidate(DEAR, WarmReason.FAILED_PULL, true));
        assertEquals(pinnedFirst, savedFor(DEAR, pinnedFirst));
    }

    /** From 18:00 to midnight of this day: nothing that others spend may begin its window anew. */
    @Test
    void inTheUsersQuarterOfTheDayTheFilesImageThatIsSavedForGoesFirst() {
        Tagged pinned = PlanningCell.tagged("docker-hub/library/pinned:1");
        Tagged missed = PlanningCell.tagged("docker-hub/library/missed:1");
        List<Candidate> ranked = List.of(
                candidate(pinned, WarmReason.PINNED, true),
                candidate(DEAR, WarmReason.PINNED, true),
                candidate(missed, WarmReason.FAILED_PULL, true));
        Instant theirs = PlanningCell.NOON.plus(Duration.ofHours(6));
        assertEquals(List.of(ranked.get(1), ranked.get(2), ranked.get(0)), savedFor(DEAR, ranked, theirs));
        Instant last = PlanningCell.NOON.plus(Duration.ofHours(6)).minusSeconds(1);
        assertEquals(List.of(ranked.get(1), ranked.get(0), ranked.get(2)), savedFor(DEAR, ranked, last));
    }

    private static List<Candidate> savedFor(Tagged image, List<Candidate> ranked) {
        return savedFor(image, ranked, PlanningCell.NOON);
    }

    private static List<Candidate> savedFor(Tagged image, List<Candidate> ranked, Instant now) {
        UpstreamState state = new UpstreamState(
                Circuit.CLOSED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Saving(image.toString(), now.plusSeconds(1))));
        return Savings.first(ranked, Map.of("docker-hub", state), now);
    }

    private static Candidate candidate(Tagged image, WarmReason reason, boolean asked) {
        return new Candidate(
                image,
                Optional.empty(),
                reason,
                asked,
                1,
                new Price(1, 1, 1, 1, 1, false),
                PlanningCell.NOON,
                false,
                0,
                PlanningCell.NOON,
                "a test wants it");
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotSavedFor() {
        try (PlanningCell cell = cell(Duration.ofHours(1))) {
            cell.pin(DEAR.toString());
            moves(cell, DEAR, 5);
            assertTrue(look(cell));
            cell.plan();
            assertEquals(Optional.of(DEAR.toString()), saving(cell).map(Saving::image));
            assertTrue(!look(cell));
            cell.pin();
            cell.plan();
            assertTrue(saving(cell).isEmpty());
            assertTrue(look(cell));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 30})
    void whatIsCheapOrMayNeverBePaidIsNotSavedFor(int platforms) {
        try (PlanningCell cell = cell(Duration.ofHours(1))) {
            cell.pin(DEAR.toString());
            cell.ecr.publish(DEAR, platforms(platforms));
            for (int plans = 0; plans < 3; plans++) {
                cell.plan().forEach(cell::work);
                cell.clock.advance(Duration.ofDays(3));
            }
            assertTrue(look(cell));
            cell.plan();
            assertTrue(saving(cell).isEmpty());
            assertEquals(platforms == 2, cell.ecr.cached(DEAR).isPresent());
        }
    }
}
