package dev.larder.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class MovableClock implements InstantSource {
    private Instant now;

    /** @param now where it starts */
    public MovableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves it. */
    public void advance(Duration time) {
        now = now.plus(time);
    }
}
