package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks its sources once in a while, so that a run over many repositories does not read all of ECS for each of them. An answer
 * is remembered from when it came, so that one that took long is not stale at once. But it tells of what was in use when it
 * was begun: what starts later, also while it is read, is seen by the next one, and until then by its pull. So by that date
 * it may be only so old as pulls take to be known. Where a reading itself takes about that long, it is good for a minute all
 * the same: one that is read anew would hardly be younger, and no work would come to its end. An answer with a hole is not
 * remembered.
 */
public final class RememberedInUse implements InUseSources {
    /** How old the beginning of an answer may be: CloudTrail tells of a pull some minutes later. */
    static final Duration OLDEST = Duration.ofMinutes(5);

    /** For so long one is good however long it took. */
    static final Duration LEAST = Duration.ofMinutes(1);

    private final InUseSources sources;
    private final Duration time;
    private final InstantSource clock;
    private List<InUse> answer = List.of();
    private Instant came = Instant.MAX;
    private Instant until = Instant.MIN;

    /** @param time for how long an answer is good, from when it came */
    public RememberedInUse(InUseSources sources, Duration time, InstantSource clock) {
        this.sources = sources;
        this.time = time;
        this.clock = clock;
    }

    @Override
    public synchronized boolean readAhead() {
        if (isGood()) {
            return true;
        }
        Instant begun = clock.instant();
        boolean ready = sources.readAhead();
        if (ready) {
            ask(begun);
        }
        return ready;
    }

    @Override
    public synchronized List<InUse> now() {
        if (!isGood()) {
            ask(clock.instant());
        }
        return answer;
    }

    private boolean isGood() {
        Instant now = clock.instant();
        return !now.isBefore(came) && now.isBefore(until);
    }

    private void ask(Instant begun) {
        answer = sources.now();
        came = clock.instant();
        Instant oldest = begun.plus(OLDEST);
        Instant least = came.plus(LEAST);
        Instant good = oldest.isAfter(least) ? oldest : least;
        boolean hole = answer.stream().anyMatch(source -> source.unreadable().isPresent());
        until = hole ? came : good.isBefore(came.plus(time)) ? good : came.plus(time);
    }
}
