package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.functions.Remembered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks its sources once in a while, so that a run over many repositories does not read all of ECS for each of them. What
 * starts in between pulls its image, and is seen by that. An answer with a hole is not remembered.
 */
public final class RememberedInUse implements InUseSources {
    private final Remembered<List<InUse>> answer;

    /** @param time for how long an answer is good */
    public RememberedInUse(InUseSources sources, Duration time, InstantSource clock) {
        this.answer = new Remembered<>(sources::now, time, clock);
    }

    @Override
    public List<InUse> now() {
        List<InUse> inUse = answer.get();
        if (inUse.stream().anyMatch(source -> source.unreadable().isPresent())) {
            answer.forget();
        }
        return inUse;
    }
}
