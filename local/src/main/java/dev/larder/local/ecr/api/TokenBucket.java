package dev.larder.local.ecr.api;

import java.util.function.LongSupplier;

/**
 * Lets a rate of calls through, and what was saved up before. That ECR has buckets which are filled at a rate is documented
 * (user guide, "Troubleshooting Amazon ECR error messages"); how much one holds is published for no quota of today, so that
 * it is the calls of one second is inferred.
 */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double most;
    private final LongSupplier nanos;
    private double tokens;
    private long filledAt;

    /**
     * A full one.
     *
     * @param perSecond how many calls come in again with each second; a bucket holds one call at least
     * @param nanos a time that only goes forward, from any origin
     */
    TokenBucket(double perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.most = Math.max(1, perSecond);
        this.nanos = nanos;
        tokens = most;
        filledAt = nanos.getAsLong();
    }

    double perSecond() {
        return perSecond;
    }

    /** Whether one more call may go through; then it is counted. */
    synchronized boolean take() {
        long now = nanos.getAsLong();
        tokens = Math.min(most, tokens + (now - filledAt) * perSecond / NANOS_PER_SECOND);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
