package dev.larder.local.cloud;

import dev.larder.local.clock.Activity;
import dev.larder.local.clock.MovableClock;
import dev.larder.local.clock.TimeMachine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The cloud's time, for those who move it or wait for it. */
record LocalClock(MovableClock clock, TimeMachine time, Activity activity) {
    Instant now() {
        return clock.instant();
    }

    Duration ahead() {
        return clock.ahead();
    }

    Instant advance(Duration by) throws IOException {
        return time.advance(by);
    }

    boolean awaitQuiet(Duration timeout) {
        return activity.awaitQuiet(timeout);
    }
}
