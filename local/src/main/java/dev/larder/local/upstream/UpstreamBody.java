package dev.larder.local.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The body of an upstream's answer. The HTTP client's timeout ends with the head of the answer, so an upstream that
 * stops in the middle of a body would hold its reader for ever: this closes the body when a read has waited too long.
 * Every failure to read is an {@link UpstreamException}.
 */
final class UpstreamBody extends FilterInputStream {
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upstream-stall-watch").factory());
    private static final long NOT_READING = Long.MIN_VALUE;

    private final String action;
    private final Duration stall;
    private final ScheduledFuture<?> check;
    private volatile long readingSince = NOT_READING;
    private volatile boolean stalled;

    UpstreamBody(String action, InputStream body, Duration stall) {
        super(body);
        this.action = action;
        this.stall = stall;
        long every = Math.max(1, stall.toMillis() / 4);
        this.check = WATCH.scheduleWithFixedDelay(this::closeWhenStalled, every, every, TimeUnit.MILLISECONDS);
    }

    private void closeWhenStalled() {
        long since = readingSince;
        if (since != NOT_READING && System.nanoTime() - since > stall.toNanos()) {
            stalled = true;
            try {
                in.close();
            } catch (IOException e) {
                // the reader learns of the stall by itself
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        readingSince = System.nanoTime();
        try {
            int count = in.read(into, offset, length);
            if (count < 0 && stalled) {
                throw broken(null);
            }
            return count;
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw broken(e);
        } finally {
            readingSince = NOT_READING;
        }
    }

    private UpstreamException broken(@org.jspecify.annotations.Nullable IOException cause) {
        String finding = stalled
                ? "the upstream sent nothing for " + stall.toMillis() + " ms in the middle of its answer"
                : "the upstream's answer broke off (" + (cause == null ? "" : cause.getMessage()) + ")";
        return new UpstreamException(
                UpstreamFailure.UNAVAILABLE, "could not " + action + ": " + finding + "; pull again later", cause);
    }

    @Override
    public void close() throws IOException {
        check.cancel(false);
        super.close();
    }
}
