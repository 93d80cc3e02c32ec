package dev.larder.domain.popularity;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Popularity with forward decay (Cormode, Shkapenyuk, Srivastava, Xu: Forward Decay, ICDE 2009): a pull at time t weighs
 * 2^((t - epoch) / half-life), for ever, and an image's score is the sum. As time goes by every score would shrink by the
 * same factor, so the stored ones keep their order and are never rewritten. Sums outgrow a double within years, so scores
 * are kept as their logarithm to base 2; then adding is log-sum-exp, and cannot overflow.
 *
 * <p>Scores made with different half-lives cannot be compared.
 *
 * @param halfLife after this time a pull weighs half
 */
public record ForwardDecay(Duration halfLife) {
    /** Where time starts. It is part of every stored score: never change it. */
    public static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    /** @throws IllegalArgumentException when there is no half-life */
    public ForwardDecay {
        if (halfLife.isZero() || halfLife.isNegative()) {
            throw new IllegalArgumentException("not a half-life: " + halfLife + "; expected more than nothing");
        }
    }

    /** The score of one pull: the base-2 logarithm of its weight. Below zero before {@link #EPOCH}. */
    public double scoreAt(Instant time) {
        return seconds(Duration.between(EPOCH, time)) / seconds(halfLife);
    }

    /**
     * The score with more pulls.
     *
     * @param score before; absent for none
     * @param pulls how many, all at the same time; none change nothing
     */
    public OptionalDouble add(OptionalDouble score, long pulls, Instant time) {
        if (pulls < 0) {
            throw new IllegalArgumentException("cannot add " + pulls + " pulls");
        }
        if (pulls == 0) {
            return score;
        }
        double more = scoreAt(time) + log2((double) pulls);
        return OptionalDouble.of(score.isEmpty() ? more : sum(score.getAsDouble(), more));
    }

    /** The score of two images taken together. */
    public static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
        if (one.isEmpty()) {
            return other;
        }
        return other.isEmpty() ? one : OptionalDouble.of(sum(one.getAsDouble(), other.getAsDouble()));
    }

    /** How many pulls of this moment weigh as much as the score: what a person can read. */
    public double pullsAt(double score, Instant now) {
        return Math.pow(2, score - scoreAt(now));
    }

    /** Pulls a day that would keep the score where it is at this moment: what may be expected. */
    public double pullsPerDay(double score, Instant now) {
        double days = seconds(halfLife) / seconds(Duration.ofDays(1));
        return pullsAt(score, now) * Math.log(2) / days;
    }

    private static double sum(double one, double other) {
        double larger = Math.max(one, other);
        // the difference is never above zero, so that the power is at most 1
        return larger + log2(1 + Math.pow(2, Math.min(one, other) - larger));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
