package dev.larder.local.ecr.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many calls of each action ECR takes in a second, all callers together: quotas are an account's in a region. At first
 * they are the published ones (ecr-facts 1.6); what has none is not limited until somebody sets a rate.
 */
final class Rates {
    private static final Map<String, Double> PUBLISHED = Map.of(
            "BatchGetImage", 2_000.0,
            "GetDownloadUrlForLayer", 3_000.0,
            "BatchCheckLayerAvailability", 1_000.0,
            "GetAuthorizationToken", 500.0,
            "UploadLayerPart", 500.0,
            "InitiateLayerUpload", 100.0,
            "CompleteLayerUpload", 100.0,
            "PutImage", 10.0);

    private final LongSupplier nanos;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    /** @param nanos a time that only goes forward, from any origin: quotas know nothing of a clock that is moved */
    Rates(LongSupplier nanos) {
        this.nanos = nanos;
        set(PUBLISHED);
    }

    /** Calls per second by action. */
    Map<String, Double> all() {
        Map<String, Double> all = new TreeMap<>();
        buckets.forEach((action, bucket) -> all.put(action, bucket.perSecond()));
        return all;
    }

    /** Whether ECR takes one more call of the action now; then it is counted. */
    boolean take(String action) {
        TokenBucket bucket = buckets.get(action);
        return bucket == null || bucket.take();
    }

    /** Sets some rates, calls per second by action; the others stay. */
    void set(Map<String, Double> perSecond) {
        perSecond.forEach((action, rate) -> {
            if (!(rate > 0) || rate.isInfinite()) {
                throw new IllegalArgumentException(
                        "the rate of " + action + " is " + rate + "; expected more than 0 calls per second");
            }
        });
        perSecond.forEach((action, rate) -> buckets.put(action, new TokenBucket(rate, nanos)));
    }

    /** Has the published rates again, and no others. */
    void reset() {
        buckets.keySet().retainAll(PUBLISHED.keySet());
        set(PUBLISHED);
    }
}
