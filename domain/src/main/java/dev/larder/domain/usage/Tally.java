package dev.larder.domain.usage;

import dev.larder.domain.popularity.ForwardDecay;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The running figures of an image, for ranking and for looking at. The buckets and days are the record; these follow it
 * closely, and are set right by each roll-up.
 *
 * @param pulls so far
 * @param popularity {@link ForwardDecay}'s score; absent when nobody pulled
 * @param lastPulledAt absent when nobody pulled
 */
public record Tally(long pulls, OptionalDouble popularity, Optional<Instant> lastPulledAt) {
    /** The figures of an image that nobody pulled. */
    public static final Tally NONE = new Tally(0, OptionalDouble.empty(), Optional.empty());

    /** With pulls that were not counted before. Their time in the popularity is their shard's. */
    public Tally with(Collection<Pull> fresh, ForwardDecay decay) {
        Tally tally = this;
        for (Pull pull : fresh) {
            tally = tally.plus(1, pull.bucket().time(), decay).seen(pull.time());
        }
        return tally;
    }

    /** With so many pulls at one time; does not move {@code lastPulledAt}. */
    public Tally plus(long more, Instant time, ForwardDecay decay) {
        return new Tally(pulls + more, decay.add(popularity, more, time), lastPulledAt);
    }

    /** Pulled at that time, too, however often. */
    public Tally seen(Instant time) {
        boolean later = lastPulledAt.filter(last -> !time.isAfter(last)).isEmpty();
        return later ? new Tally(pulls, popularity, Optional.of(time)) : this;
    }
}
