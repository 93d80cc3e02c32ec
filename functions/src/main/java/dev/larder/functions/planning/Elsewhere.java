package dev.larder.functions.planning;

import dev.larder.events.OwnEvent.ImagesPopular;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Map;

/** Holds what other cells said is popular there. */
public interface Elsewhere {
    /** Keeps what a cell said; what it said of an image before is replaced. */
    void heard(ImagesPopular event);

    /** Pulls a day of each image, those of all cells together; what a cell did not repeat for two days is forgotten. */
    Map<Tagged, Double> pullsPerDay(Instant now);
}
