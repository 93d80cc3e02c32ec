package dev.larder.functions.usage;

import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The usage log: a set of facts that only grows. Whatever is appended twice, in whatever batches, is there once for those
 * who read the union ({@link dev.larder.domain.usage.PullCounting#union}).
 */
public interface UsageLog {
    /**
     * So long after its hour a fact is still counted with it. A message may wait 4 days in the queue and 14 in the
     * dead-letter queue, each redrive anew. What comes later is kept apart: the hour's own facts may have expired by then,
     * and nobody could tell a late event from a second delivery.
     */
    Duration GRACE = Duration.ofDays(30);

    /** The facts of an hour are kept longer than any are added to it. */
    Duration KEPT = Duration.ofDays(35);

    /** Late facts are kept as long as someone may look at their day. */
    Duration LATE_KEPT = Duration.ofDays(400);

    /**
     * Hours of the log that something was added to after they were over, so that their day has to be closed again.
     *
     * @param late whether the facts came after {@link #GRACE}, and are kept apart
     * @param changes how often something was added
     */
    record Mark(LogHour hour, boolean late, long changes) {}

    /**
     * Appends facts, all of one hour, in one or a few writes.
     *
     * @param now when they are written
     */
    void append(LogHour hour, List<Fact> facts, Instant now);

    /** The facts of an hour, some perhaps more than once; those that came after {@link #GRACE} are not among them. */
    List<Fact> read(LogHour hour);

    /** The facts of an hour that were written at this time or later. */
    List<Fact> readSince(LogHour hour, Instant written);

    /** The facts of an hour that came after {@link #GRACE}. */
    List<Fact> readLate(LogHour hour);

    /** All hours that something was added to when they were over. */
    List<Mark> marks();

    /** The mark's day is closed; does nothing when something was added since. */
    void done(Mark mark);
}
