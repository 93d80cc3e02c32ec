package dev.larder.domain.usage;

/** How ECR served a pull. */
public sealed interface Outcome {
    /** From the cache. */
    Outcome HIT = new Hit();

    /** ECR went upstream for it. */
    Outcome COLD = new Cold();

    /** ECR went upstream in vain, and served what it had. */
    Outcome STALE = new Stale();

    /** From the cache. */
    record Hit() implements Outcome {}

    /** ECR went upstream for it. */
    record Cold() implements Outcome {}

    /** ECR went upstream in vain, and served what it had. */
    record Stale() implements Outcome {}

    /**
     * Not at all: it counts as no pull.
     *
     * @param code CloudTrail's error code, or that of ECR's trip upstream
     */
    record Failed(String code) implements Outcome {}
}
