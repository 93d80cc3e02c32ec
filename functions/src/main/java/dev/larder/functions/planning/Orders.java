package dev.larder.functions.planning;

import dev.larder.domain.warming.Candidate;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.List;

/**
 * Makes warm orders of candidates.
 *
 * @param platforms that must be there afterwards
 */
public record Orders(List<Platform> platforms) {
    /** Copies the list. */
    public Orders {
        platforms = List.copyOf(platforms);
    }

    /**
     * An order.
     *
     * @param run what makes it unique and repeatable: the same run asks for the same image by the same order
     */
    public WarmOrder of(Candidate candidate, String run, Instant now) {
        return new WarmOrder(
                run + "/" + candidate.image(),
                candidate.image(),
                candidate.by(),
                candidate.reason(),
                platforms,
                candidate.refresh(),
                now,
                candidate.notBefore().isAfter(now) ? candidate.notBefore() : now);
    }
}
