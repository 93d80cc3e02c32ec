package dev.larder.local.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What goes on in the cloud: messages that wait, functions that run. */
public interface Activity {
    /**
     * Waits until no message is visible in a queue with a consumer and no function runs.
     *
     * @param timeout of the machine's time
     * @return false when it was not quiet in time
     */
    boolean awaitQuiet(Duration timeout);

    /** A figure that grows as long as the cloud gets on with what it has to do. */
    long progress();

    /** Whether messages wait for a time to come: delayed ones, or failed ones that will be tried again. */
    boolean hasPostponed();

    /** When the next of them will come, where that is known. */
    default Optional<Instant> nextPostponed() {
        return Optional.empty();
    }
}
