package dev.larder.local;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, between the JVM's shutdown and the thread that has a cloud: the one asks and waits until the other has cleaned
 * up, whether the cloud runs or still starts.
 */
final class Stop {
    /** After this long the shutdown goes on without waiting any more. */
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    /** Asks for the stop, and returns when it is done. */
    void request() {
        requested.countDown();
        try {
            boolean inTime = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("gave up waiting for the local cloud to stop after " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the request; an interrupt is one, too. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** @throws CancellationException when the stop was asked for */
    void check() {
        if (isRequested()) {
            throw new CancellationException("stopped");
        }
    }

    /** Everything is cleaned up. */
    void done() {
        done.countDown();
    }
}
