package dev.larder.functions.planning;

import dev.larder.domain.warming.Demand;
import dev.larder.domain.warming.Known;
import dev.larder.events.OwnEvent.ImagesPopular;
import dev.larder.functions.bus.EventBus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells the other cells what is popular in this one, through the bus. Where nobody is to hear it, nothing is said.
 *
 * @param cell this one, {@code account/region}
 * @param others that are to hear it
 */
public record Broadcast(String cell, List<String> others, EventBus bus) {
    /** Images in one event (docs/operations.md); PutEvents takes 256 KB. */
    private static final int IMAGES = 100;

    /** What is wanted less is not worth a word: it is pulled less than once in a week. */
    private static final double LEAST_PER_DAY = 0.15;

    private static final Duration DAY = Duration.ofDays(1);

    /** Copies the list. */
    public Broadcast {
        others = List.copyOf(others);
    }

    /** Tells what of these is popular. */
    public void tell(List<Known> images, Instant now) {
        if (others.isEmpty()) {
            return;
        }
        List<ImagesPopular.Wanted> wanted = images.stream()
                .flatMap(image -> image.demand().stream()
                        .map(demand -> new ImagesPopular.Wanted(image.image(), perDay(demand, now))))
                .filter(image -> image.pullsPerDay() >= LEAST_PER_DAY)
                .sorted(Comparator.comparingDouble(ImagesPopular.Wanted::pullsPerDay)
                        .reversed()
                        .thenComparing(image -> image.image().toString()))
                .toList();
        List<ImagesPopular> events = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += IMAGES) {
            events.add(new ImagesPopular(cell, wanted.subList(from, Math.min(wanted.size(), from + IMAGES)), now));
        }
        bus.publish(events);
    }

    /** The rate that has this chance: whoever hears it takes all cells' rates together, and reckons the chance of that. */
    private static double perDay(Demand demand, Instant now) {
        return -Math.log1p(-demand.within(DAY, now));
    }
}
