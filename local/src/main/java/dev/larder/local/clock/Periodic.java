package dev.larder.local.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Something that a service does on its own, now and then: deleting expired items, evaluating lifecycle policies. */
public final class Periodic implements Due {
    private final Duration every;
    private final Consumer<Instant> action;
    private volatile Instant next;

    /** @param start when the first period begins; the action runs at its end */
    public Periodic(Instant start, Duration every, Consumer<Instant> action) {
        this.every = every;
        this.action = action;
        this.next = start.plus(every);
    }

    @Override
    public Optional<Instant> next() {
        return Optional.of(next);
    }

    @Override
    public void run(Instant at) {
        next = at.plus(every);
        action.accept(at);
    }
}
