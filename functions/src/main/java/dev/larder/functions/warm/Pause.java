package dev.larder.functions.warm;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
public interface Pause {
    /** Waits for so long. */
    void pause(Duration time);

    /** Sleeps. An interrupt ends the wait early and stays set. */
    Pause SLEEP = time -> {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    };
}
