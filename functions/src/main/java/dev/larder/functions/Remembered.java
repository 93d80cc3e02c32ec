package dev.larder.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is good for a while from when it came, however long that took. What throws is not remembered.
 *
 * @param <T> the answer
 */
public final class Remembered<T> {
    private final Supplier<T> ask;
    private final Duration time;
    private final InstantSource clock;
    private @Nullable Answer<T> answer;

    /** @param time for how long an answer is good */
    public Remembered(Supplier<T> ask, Duration time, InstantSource clock) {
        this.ask = ask;
        this.time = time;
        this.clock = clock;
    }

    private record Answer<T>(T value, Instant at) {}

    /** The answer, asked for again when the last one is too old. */
    public synchronized T get() {
        Instant now = clock.instant();
        Answer<T> known = answer;
        if (known != null && now.isBefore(known.at().plus(time)) && !now.isBefore(known.at())) {
            return known.value();
        }
        T value = ask.get();
        answer = new Answer<>(value, clock.instant());
        return value;
    }

    /** Asks again next time. */
    public synchronized void forget() {
        answer = null;
    }
}
