package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.cli.Popularity.Index;
import dev.larder.cli.Popularity.Ranked;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PopularityTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");

    /** What an image has of closed days, of today, and of today as the index knows it. */
    record Known(OptionalDouble closed, OptionalDouble open, OptionalDouble indexedOpen) {
        OptionalDouble score() {
            return ForwardDecay.sum(closed, open);
        }

        OptionalDouble indexed() {
            return ForwardDecay.sum(closed, indexedOpen);
        }
    }

    private static Tagged image(int number) {
        return (Tagged) ImageReference.parse("quay/a:" + number);
    }

    private static ImageDay day(OptionalDouble score) {
        return new ImageDay(
                Map.of("node", 1L),
                0,
                0,
                0,
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                score,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private static List<Tagged> shown(List<Known> known, int count, int indexed, List<Tagged> read) {
        Map<Tagged, Known> images = new HashMap<>();
        Map<ImageReference, ImageDay> today = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            images.put(image(i), known.get(i));
            Tagged image = image(i);
            known.get(i).open().ifPresent(score -> today.put(image, day(OptionalDouble.of(score))));
        }
        List<Tagged> index = images.keySet().stream()
                .filter(image -> images.get(image).indexed().isPresent())
                .sorted(Comparator.comparingDouble(
                                (Tagged image) -> images.get(image).indexed().orElseThrow())
                        .reversed())
                .limit(indexed)
                .toList();
        OptionalDouble others = index.size() < indexed
                ? OptionalDouble.empty()
                : images.get(index.getLast()).indexed();
        Popularity popularity = new Popularity(Map.of(TODAY, today), image -> {
            read.add(image);
            return images.get(image).closed();
        });
        return popularity.top(count, new Index(index, others)).stream()
                .map(Ranked::image)
                .toList();
    }

    private static List<Tagged> all(List<Known> known) {
        List<Tagged> all = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).score().isPresent()) {
                all.add(image(i));
            }
        }
        all.sort(Comparator.comparingDouble((Tagged image) ->
                        known.get(Integer.parseInt(image.tag().value())).score().orElseThrow())
                .reversed()
                .thenComparing(Tagged::toString));
        return all;
    }

    @Property(tries = 1000)
    void theFirstOnesAreThoseOfARankingOfAllImages(
            @ForAll("known") List<Known> known, @ForAll @IntRange(min = 1, max = 6) int count) {
        // of images with the same score the index may give any
        assertEquals(
                scores(known, all(known).stream().limit(count).toList()),
                scores(known, shown(known, count, 2 * count, new ArrayList<>())));
    }

    private static List<OptionalDouble> scores(List<Known> known, List<Tagged> images) {
        return images.stream()
                .map(image -> known.get(Integer.parseInt(image.tag().value())).score())
                .toList();
    }

    @Provide
    Arbitrary<List<Known>> known() {
        Arbitrary<Optional<Integer>> score =
                Arbitraries.integers().between(0, 12).optional();
        return Combinators.combine(score, score, Arbitraries.of(true, false))
                .as((closed, open, indexed) ->
                        new Known(of(closed), of(open), indexed ? of(open) : OptionalDouble.empty()))
                .list()
                .ofMaxSize(30);
    }

    private static OptionalDouble of(Optional<Integer> score) {
        return score.map(whole -> OptionalDouble.of(whole)).orElse(OptionalDouble.empty());
    }

    @Example
    void whatCannotBeAmongTheFirstIsNotReadAtAll() {
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double score = 100 - 0.5 * i;
            known.add(new Known(OptionalDouble.of(score), OptionalDouble.of(score - 5), OptionalDouble.empty()));
        }
        List<Tagged> read = new ArrayList<>();
        assertEquals(5, shown(known, 5, 10, read).size());
        assertTrue(read.size() < 40, read.size() + " images were read");
    }

    @Example
    void anImageThatIsPulledForTheFirstTimeTodayIsRankedBeforeTheIndexKnowsIt() {
        List<Known> known = List.of(
                new Known(OptionalDouble.of(10), OptionalDouble.empty(), OptionalDouble.empty()),
                new Known(OptionalDouble.empty(), OptionalDouble.of(20), OptionalDouble.empty()));
        assertEquals(List.of(image(1), image(0)), shown(known, 5, 10, new ArrayList<>()));
    }
}
