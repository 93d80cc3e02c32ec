package dev.larder.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An hour of a hot image, each pull of which is counted. How long that takes is the benchmark CountHour's. */
class CountingManyPullsTest {
    private static final int PULLS = 10_000;

    @Test
    void threeCallsOfEachOfThreeCallersPullsAreCountedOnce() {
        Facts facts = known();
        each(i -> facts.registry(caller(i), second(i), "1.27", "@multi", "@multi/amd64"));
        assertEquals(PULLS, counted(facts));
    }

    @Test
    void eachCallByAnSdkIsCounted() {
        Facts facts = known();
        each(i -> facts.sdk(caller(i), second(i), "1.27", "1.27", "1.27"));
        assertEquals(3 * PULLS, counted(facts));
    }

    @Test
    void partsOfPullsThatHaveAllOfThemAreCounted() {
        Facts facts = known();
        each(i -> facts.registry(caller(i), i < PULLS / 2 ? 0 : 1, i < PULLS / 2 ? "1.27" : "@multi/amd64"));
        facts.registry(Facts.NODE, 2, "1.27");
        each(i -> facts.registry(caller(i), 3, "@multi/amd64"));
        assertEquals(PULLS / 2 + 1, counted(facts));
    }

    @Test
    void aTripForEachPullIsJoined() {
        Facts facts = known();
        each(i -> facts.registry(caller(i), second(i), "gone"));
        each(i -> facts.tripFails(second(i) + 5.0, "gone", "UpstreamUnavailable"));
        assertEquals(PULLS, counted(facts));
    }

    private static Facts known() {
        return new Facts().tagged(-90_000, "1.27", "multi").index("multi", "amd64", "arm64");
    }

    private static void each(Consumer<Integer> pull) {
        for (int i = 0; i < PULLS; i++) {
            pull.accept(i);
        }
    }

    private static Caller caller(int pull) {
        return Caller.of("arn:aws:iam::111122223333:role/node-" + pull % 3);
    }

    private static long second(int pull) {
        return pull * 3_500L / PULLS;
    }

    private static int counted(Facts facts) {
        Tagging tagging = facts.tagging();
        List<Fact> shuffled = new ArrayList<>(facts.all());
        Collections.shuffle(shuffled, new Random(7));
        List<RepositoryName> asked = new ArrayList<>();
        PullCounting counting = new PullCounting(repository -> {
            asked.add(repository);
            return tagging;
        });
        int pulls = counting.count(LogHour.of(Facts.NOON), shuffled).size();
        assertEquals(List.of(Facts.NGINX), asked, "a repository's tags are read once");
        return pulls;
    }
}
