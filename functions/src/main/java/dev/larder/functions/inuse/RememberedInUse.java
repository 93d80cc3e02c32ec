package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.functions.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks its sources once in a while, so that a run over many repositories does not read all of ECS for each of them. An answer
 * is remembered from when it came, so that one that took long is not stale at once. But it tells of what was in use when it
 * was begun: what starts later, also while it is read, is seen by the next one, and until then by its pull. So by that date
 * it may be only so old as pulls take to be known. An answer with a hole is not remembered.
 */
public final class RememberedInUse implements InUseSources {
    /** How old the beginning of an answer may be: CloudTrail tells of a pull some minutes later. */
    static final Duration OLDEST = Duration.ofMinutes(5);

    private final Remembered<List<InUse>> answer;
    private final InstantSource clock;
    private Instant begun = Instant.EPOCH;

    /** @param time for how long an answer is good, from when it came */
    public RememberedInUse(InUseSources sources, Duration time, InstantSource clock) {
        this.clock = clock;
        this.answer = new Remembered<>(() -> ask(sources), time, clock);
    }

    private List<InUse> ask(InUseSources sources) {
        begun = clock.instant();
        return sources.now();
    }

    @Override
    public synchronized List<InUse> now() {
        if (!clock.instant().isBefore(begun.plus(OLDEST))) {
            answer.forget();
        }
        List<InUse> inUse = answer.get();
        if (inUse.stream().anyMatch(source -> source.unreadable().isPresent())) {
            answer.forget();
        }
        return inUse;
    }
}
