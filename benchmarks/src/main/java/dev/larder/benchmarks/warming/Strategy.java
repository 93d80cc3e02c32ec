package dev.larder.benchmarks.warming;

/** Somebody who keeps the cache, or does not. */
interface Strategy {
    /** When it wants to act next, in seconds since 1970; {@link Long#MAX_VALUE} for never. */
    default long wakes() {
        return Long.MAX_VALUE;
    }

    /** It acts. */
    default void act(long now) {}

    /** Right before a client's pull: only those act here who know the future. */
    default void foresee(int tag, long time) {}

    /** A client pulled. */
    default void pulled(int tag, long time, Ecr.Outcome outcome) {}

    /** Requests beside those that ECR made. */
    default long requests() {
        return 0;
    }
}
