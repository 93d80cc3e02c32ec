package dev.larder.functions.usage;

import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.usage.RecordState.Trail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The usage record as somebody may rely on it who deletes: complete only while its witnesses were heard lately. Pulls that
 * do not arrive leave no trace, so that a record that nobody checks looks the same whether it goes on or not.
 */
public final class CheckedRecord {
    /** Each witness is heard every six hours; one that was missed twice is not heard. */
    static final Duration TRUSTED = Duration.ofHours(13);

    private final RecordState state;
    private final LongSupplier deadLetters;
    private final InstantSource clock;

    /** Takes what the record says of itself. */
    public CheckedRecord(RecordState state, InstantSource clock) {
        this(state, () -> 0, clock);
    }

    /**
     * The same for who relies on it at once: between two counts that the record knows of lie six hours.
     *
     * @param deadLetters how many messages with pulls wait now
     */
    public CheckedRecord(RecordState state, LongSupplier deadLetters, InstantSource clock) {
        this.state = state;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** Since when every pull from an upstream is recorded; absent when {@link #doubt} says why nobody knows. */
    public Optional<Instant> completeSince(String prefix) {
        return waiting().or(this::unheard).isPresent() ? Optional.empty() : state.completeSince(prefix);
    }

    /** Why nobody can say since when every pull from an upstream is recorded; absent when it can be said. */
    public Optional<String> doubt(String prefix) {
        return waiting()
                .or(this::unheard)
                .or(() -> state.completeSince(prefix).isPresent()
                        ? Optional.empty()
                        : Optional.of("no pull was recorded yet"));
    }

    private Optional<String> waiting() {
        long waiting;
        try {
            waiting = Math.max(state.waiting(), deadLetters.getAsLong());
        } catch (SdkException e) {
            return Optional.of("the dead letters of pulls could not be counted: " + e.getMessage());
        }
        return waiting == 0
                ? Optional.empty()
                : Optional.of(waiting + " messages with pulls wait among the dead letters, and the record lacks"
                        + " them until the queue is redriven");
    }

    /** Why what the record says of itself does not hold now: a witness could not be heard. */
    public Optional<String> unheard() {
        Optional<Trail> trail = state.trail();
        return trail.filter(Trail::isUnreadable)
                .map(found -> "whether CloudTrail logs pulls could not be read at " + found.checkedAt() + ": "
                        + found.detail())
                .or(() -> late("whether CloudTrail logs pulls was", "seen", trail.map(Trail::checkedAt)))
                .or(() -> late("the dead letters of pulls were", "counted", state.countedAt()))
                .or(() -> late(
                        "the record was",
                        "compared with ECR",
                        state.reconciled().map(Reconciled::at)));
    }

    private Optional<String> late(String what, String done, Optional<Instant> at) {
        if (at.filter(then -> then.isAfter(clock.instant().minus(TRUSTED))).isPresent()) {
            return Optional.empty();
        }
        String said = at.map(then ->
                        what + " last " + done + " at " + then + ", more than " + TRUSTED.toHours() + " hours ago")
                .orElseGet(() -> what + " not " + done + " yet");
        return Optional.of(said + "; UsageKeeper does that every 6 hours, and logs why it cannot");
    }
}
