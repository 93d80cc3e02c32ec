package dev.larder.cli;

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
import java.util.Map.Entry;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * The most popular images, to the last pull. The index knows the open days as they were when the roll-up last ran; so what
 * it ranks highest is scored anew from the closed days' scores and the open days, and so is each image of the open days
 * that could still be among the first.
 */
final class Popularity {
    private static final Comparator<Ranked> ORDER = Comparator.comparingDouble(Ranked::score)
            .reversed()
            .thenComparing(ranked -> ranked.image().toString());

    private final Map<Tagged, OptionalDouble> open = new HashMap<>();
    private final Function<Tagged, OptionalDouble> closed;

    /**
     * Takes what is known.
     *
     * @param closed the score that an image has of the closed days
     */
    Popularity(Map<LocalDate, Map<ImageReference, ImageDay>> openDays, Function<Tagged, OptionalDouble> closed) {
        this.closed = closed;
        openDays.values()
                .forEach(day -> day.forEach((image, usage) -> {
                    if (image instanceof Tagged tagged && usage.score().isPresent()) {
                        open.merge(tagged, usage.score(), ForwardDecay::sum);
                    }
                }));
    }

    /**
     * An image and its score.
     *
     * @param score in base-2 logarithm
     */
    record Ranked(Tagged image, double score) {}

    /**
     * What the index says.
     *
     * @param images the first ones of each upstream
     * @param others the most that the index may give to an image that is not among them; absent when there is none
     */
    record Index(List<Tagged> images, OptionalDouble others) {}

    /** The first ones; ties by name. */
    List<Ranked> top(int count, Index index) {
        List<Ranked> found = new ArrayList<>();
        index.images().forEach(image -> add(image, found));
        Set<Tagged> indexed = Set.copyOf(index.images());
        found.sort(ORDER);
        List<Entry<Tagged, OptionalDouble>> rest = open.entrySet().stream()
                .filter(entry -> !indexed.contains(entry.getKey()))
                .sorted(Comparator.comparingDouble((Entry<Tagged, OptionalDouble> entry) ->
                                entry.getValue().orElseThrow())
                        .reversed())
                .toList();
        for (Entry<Tagged, OptionalDouble> image : rest) {
            double most = ForwardDecay.sum(index.others(), image.getValue()).orElseThrow();
            if (found.size() >= count && most < found.get(count - 1).score()) {
                break;
            }
            add(image.getKey(), found);
            found.sort(ORDER);
        }
        return found.stream().limit(count).toList();
    }

    private void add(Tagged image, List<Ranked> found) {
        ForwardDecay.sum(closed.apply(image), open.getOrDefault(image, OptionalDouble.empty()))
                .ifPresent(score -> found.add(new Ranked(image, score)));
    }
}
