package dev.larder.benchmarks.warming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.benchmarks.warming.TagChanges.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final World WORLD = Worlds.releasing(12, 60);
    private static final Shares SHARES = Shares.DEFAULT.with(400);

    @Test
    void theSameSeedDrawsTheSameDemandAndAnotherSeedAnother() {
        assertEquals(pulls(1), pulls(1));
        assertEquals(pulls(1), list(Clusters.draw(Worlds.releasing(12, 60), SHARES, 1)));
        assertNotEquals(pulls(1), pulls(2));
    }

    @Test
    void pullsAreInOrderOfTimeAndOnlyOfWhatIsOut() {
        Pulls pulls = Clusters.draw(WORLD, SHARES, 1);
        TreeMap<Integer, Long> outSince = new TreeMap<>();
        for (int i = 0; i < WORLD.changes(); i++) {
            outSince.putIfAbsent(WORLD.changedTag(i), WORLD.changedAt(i));
        }
        for (int i = 0; i < pulls.size(); i++) {
            assertTrue(i == 0 || pulls.time(i - 1) <= pulls.time(i));
            assertTrue(outSince.get(pulls.tag(i)) <= pulls.time(i));
        }
    }

    @Test
    void tagsAreFollowedInTheStatedShares() {
        Offer offer = new Offer(WORLD);
        offer.until(WORLD.begins().getEpochSecond());
        TagChoice choice = new TagChoice(WORLD, offer, SHARES, new Random(1));
        TreeMap<String, Integer> counts = new TreeMap<>();
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            String tag = WORLD.tag(choice.first(0).orElseThrow()).image().tag().value();
            counts.merge(tag.contains("-") ? "variant" : tag, 1, Integer::sum);
        }
        assertShare(SHARES.latest(), counts.get("latest"), draws);
        assertShare(SHARES.major(), counts.get("1"), draws);
        assertShare(SHARES.minor(), counts.get("1.4"), draws);
        assertShare(SHARES.exact(), counts.get("1.4.0"), draws);
        assertShare(SHARES.variant(), counts.get("variant"), draws);
    }

    @Test
    void whoPinsAVersionTakesTheNewestOfItsLine() {
        Offer offer = new Offer(WORLD);
        offer.until(WORLD.ends().getEpochSecond());
        TagChoice choice = new TagChoice(WORLD, offer, SHARES, new Random(1));
        int first = number("1.4.0");
        String next = WORLD.tag(choice.next(first)).image().tag().value();
        assertTrue(next.startsWith("1.4.") && !next.equals("1.4.0"), next);
        assertEquals(number("latest"), choice.next(number("latest")));
    }

    @Test
    void mostIsPulledInWorkingHoursAndLessAtWeekends() {
        Pulls pulls = Clusters.draw(WORLD, SHARES, 1);
        int working = 0;
        int[] days = new int[7];
        for (int i = 0; i < pulls.size(); i++) {
            long hour = pulls.time(i) % 86_400 / 3600;
            working += hour >= 8 && hour < 18 ? 1 : 0;
            days[(int) (pulls.time(i) / 86_400 % 7)]++;
        }
        assertTrue(working > 0.6 * pulls.size() && working < 0.9 * pulls.size(), working + " of " + pulls.size());
        // the first of January 1970 was a Thursday
        assertTrue(days[2] < 0.75 * days[5] && days[3] < 0.75 * days[6], Arrays.toString(days));
    }

    @Test
    void whereNothingIsOutNobodyPulls() {
        World late = new World(new TagChanges(
                List.of(
                        Worlds.change(Worlds.BEGINS, "app", "1", Kind.REMOVED, "b", "amd64"),
                        Worlds.change(
                                Worlds.BEGINS.plus(Duration.ofDays(9)), "app", "2", Kind.NEW, "c", "windows-amd64")),
                0));
        assertEquals(0, Clusters.draw(late, SHARES, 1).size());
    }

    private static void assertShare(double stated, int drawn, int draws) {
        assertEquals(stated, (double) drawn / draws, 0.02);
    }

    private static int number(String tag) {
        return WORLD.number(World.image("app0", tag).orElseThrow());
    }

    private static List<Long> pulls(long seed) {
        return list(Clusters.draw(WORLD, SHARES, seed));
    }

    private static List<Long> list(Pulls pulls) {
        List<Long> list = new ArrayList<>();
        for (int i = 0; i < pulls.size(); i++) {
            list.add(pulls.time(i) * 1_000_000 + pulls.tag(i));
        }
        return list;
    }
}
