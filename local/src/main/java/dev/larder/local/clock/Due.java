package dev.larder.local.clock;

import java.time.Instant;
import java.util.Optional;

/** Something that happens at a time of the cloud's clock, once or again and again. */
public interface Due {
    /** When it is due next; empty when it is not. */
    Optional<Instant> next();

    /**
     * Does it, and moves on: {@link #next()} is later afterwards.
     *
     * @param at the time it was due
     */
    void run(Instant at);
}
