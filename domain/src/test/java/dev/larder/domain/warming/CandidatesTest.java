package dev.larder.domain.warming;

import static dev.larder.domain.warming.Images.HABIT;
import static dev.larder.domain.warming.Images.NOW;
import static dev.larder.domain.warming.Images.cached;
import static dev.larder.domain.warming.Images.candidate;
import static dev.larder.domain.warming.Images.demand;
import static dev.larder.domain.warming.Images.image;
import static dev.larder.domain.warming.Images.pulled;
import static dev.larder.domain.warming.Images.uncached;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.WarmReason;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final Candidates CANDIDATES = new Candidates(
            new Popular(5, 2, Duration.ofDays(14)), new Freshness(Duration.ofMinutes(15)), Candidates.LEAST_WORTH);

    @Provide
    Arbitrary<Candidate> anything() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of(true, false),
                        Arbitraries.of(0.0, 0.1, 1.0, 1e9, Double.MIN_VALUE),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(0L, 1L, Long.MAX_VALUE),
                        Arbitraries.integers().between(0, 3))
                .as((name, asked, saves, tokens, bytes, seconds) ->
                        candidate("t" + name, asked, saves, tokens, bytes, NOW.minusSeconds(seconds)));
    }

    @Property
    void theOrderIsTotal(
            @ForAll @From("anything") Candidate one,
            @ForAll @From("anything") Candidate other,
            @ForAll @From("anything") Candidate third) {
        int order = Candidate.BEST_FIRST.compare(one, other);
        assertEquals(Integer.signum(order), -Integer.signum(Candidate.BEST_FIRST.compare(other, one)));
        if (order <= 0 && Candidate.BEST_FIRST.compare(other, third) <= 0) {
            assertTrue(Candidate.BEST_FIRST.compare(one, third) <= 0);
        }
        if (!one.image().equals(other.image())) {
            assertNotEquals(0, order);
        }
        if (one.asked() && !other.asked()) {
            assertTrue(order < 0, "what is asked for goes first");
        }
    }

    @Property
    void theSameImagesAreRankedAlikeInWhateverOrderTheyCome(
            @ForAll @Size(max = 12) List<@IntRange(max = 28) Integer> activeDays, @ForAll long seed) {
        List<Known> images = new ArrayList<>(IntStream.range(0, activeDays.size())
                .mapToObj(i -> pulled(uncached("1." + i), demand(1 + activeDays.get(i), 30, 50, NOW)))
                .toList());
        List<Candidate> ranked = among(images, List.of());
        Collections.shuffle(images, new Random(seed));
        assertEquals(ranked, among(images, List.of()));
    }

    @Property
    void noImageComesTwiceAndNoMoreThanTheTopArePopular(
            @ForAll @Size(max = 20) List<@IntRange(max = 19) Integer> names) {
        List<Known> images = names.stream()
                .distinct()
                .map(name -> pulled(uncached("1." + name), HABIT))
                .toList();
        List<Candidate> among = among(
                images,
                names.stream()
                        .map(name -> new Wanted(uncached("1." + name), WarmReason.PINNED, true, "1.*", 1, "pinned"))
                        .toList());
        List<String> found = among.stream().map(c -> c.image().toString()).toList();
        assertEquals(new HashSet<>(found).size(), found.size());
        assertTrue(among.stream().allMatch(candidate -> candidate.reason() == WarmReason.PINNED));
        assertTrue(among(images, List.of()).size() <= 5);
    }

    @Test
    void whatIsAskedForComesFirstWhateverItSaves() {
        Known pin = uncached("pin");
        List<Candidate> among = among(
                List.of(pulled(uncached("popular"), HABIT)),
                List.of(new Wanted(pin, WarmReason.PINNED, true, "a pin", 0, "pinned")));
        assertEquals(
                List.of(image("pin"), image("popular")),
                among.stream().map(Candidate::image).toList());
    }

    @Test
    void whatSavesTooLittleForItsCostIsLeftOutUnlessItIsAskedFor() {
        Demand rare = demand(1, 28, 2, NOW.minus(Duration.ofDays(13)));
        Known image = pulled(cached("rare", NOW.minus(Duration.ofDays(2))), rare);
        assertEquals(List.of(), among(List.of(image), List.of()));
        assertEquals(
                1,
                among(List.of(), List.of(new Wanted(image, WarmReason.PINNED, true, "a pin", 0, "pinned")))
                        .size());
    }

    @Test
    void whatNobodyPulledLatelyOrOftenIsNotPopular() {
        assertEquals(List.of(), among(List.of(pulled(uncached("1"), demand(1, 1, 1, NOW))), List.of()));
        Demand old = demand(20, 20, 99, NOW.minus(Duration.ofDays(14)).minusSeconds(1));
        assertEquals(List.of(), among(List.of(pulled(uncached("1"), old)), List.of()));
        assertEquals(1, among(List.of(pulled(uncached("1"), HABIT)), List.of()).size());
    }

    @Test
    void pullsCountWithinTheTimeOnly() {
        assertEquals(List.of(), popularAfterNinePulls(8), "nine of ten were earlier");
        Candidate popular = popularAfterNinePulls(7).getFirst();
        assertTrue(popular.detail().startsWith("10 pulls"), popular.detail());
    }

    private static List<Candidate> popularAfterNinePulls(int daysAgo) {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        Demand demand = Demand.of(new TreeMap<>(Map.of(today.minusDays(daysAgo), 9L, today, 1L)), NOW);
        return new Popular(5, 10, Duration.ofDays(7))
                .among(List.of(pulled(uncached("1"), demand)), new Freshness(Duration.ZERO), NOW)
                .toList();
    }

    private static List<Candidate> among(List<Known> images, List<Wanted> wanted) {
        return CANDIDATES.among(images, wanted, List.of(), Map.of(), NOW);
    }
}
