package dev.larder.functions.usage;

import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.usage.RecordState.Gap;
import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Asks the other witnesses whether the usage record is complete: the account's trail, the dead letters, and ECR's own time of
 * each image's last pull ({@code DescribeImages}, which is no pull). Where they disagree the record is complete only from
 * now on, and says why.
 */
public final class Reconciliation {
    /** Dead letters are kept for 14 days. */
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(14);

    private final Upstreams upstreams;
    private final EcrComparison comparison;
    private final RecordState state;
    private final Trails trails;
    private final LongSupplier deadLetters;

    /**
     * Takes the ports.
     *
     * @param deadLetters how many messages with pulls could not be recorded, and wait
     * @param clock by which a comparison ends in time
     */
    public Reconciliation(
            Upstreams upstreams,
            CacheInventory inventory,
            ImageRecords records,
            LatestFetches fetches,
            RecordState state,
            Trails trails,
            LongSupplier deadLetters,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.comparison = new EcrComparison(upstreams, inventory, records, fetches, clock);
        this.state = state;
        this.trails = trails;
        this.deadLetters = deadLetters;
    }

    /**
     * What came of it.
     *
     * @param gaps that were not known before
     * @param reconciled what ECR says; absent when it did not answer
     * @param failures of witnesses that could not be heard
     */
    public record Outcome(
            TrailState trail, List<Gap> gaps, Optional<Reconciled> reconciled, List<RuntimeException> failures) {
        /** Copies the lists. */
        public Outcome {
            gaps = List.copyOf(gaps);
            failures = List.copyOf(failures);
        }
    }

    /** Hears one witness after the other. One that does not answer keeps nobody from hearing the others. */
    public Outcome reconcile(Instant now) {
        Map<String, Optional<Instant>> completeSince = new HashMap<>();
        upstreams
                .all()
                .forEach(upstream -> completeSince.put(upstream.prefix(), state.completeSince(upstream.prefix())));
        TrailState trail = trails.read();
        state.trail(described(trail, now));
        List<Gap> gaps = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        hear(() -> keep(lostBy(trail, now), gaps), failures);
        hear(() -> keep(lostAmongDeadLetters(now), gaps), failures);
        List<Reconciled> compared = new ArrayList<>();
        hear(() -> compared.add(compared(completeSince, now, gaps)), failures);
        return new Outcome(trail, gaps, compared.stream().findFirst(), failures);
    }

    private static void hear(Runnable witness, List<RuntimeException> failures) {
        try {
            witness.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private void keep(Stream<Gap> found, List<Gap> gaps) {
        found.filter(state::incompleteUntil).forEach(gaps::add);
    }

    private Reconciled compared(Map<String, Optional<Instant>> completeSince, Instant now, List<Gap> gaps) {
        EcrComparison.Compared compared = comparison.compare(completeSince, state.comparedThrough(), now);
        keep(compared.gaps().stream(), gaps);
        compared.silence().ifPresent(why -> {
            throw why;
        });
        state.reconciled(compared.reconciled(), compared.through());
        return compared.reconciled();
    }

    private static RecordState.Trail described(TrailState trail, Instant now) {
        return switch (trail) {
            case TrailState.Logging(String arn, Instant since) ->
                new RecordState.Trail("logging", arn + " logs pulls since " + since, now);
            case TrailState.Stopped(String arn, Optional<Instant> since) ->
                new RecordState.Trail(
                        "stopped",
                        arn + " was stopped" + since.map(at -> " at " + at).orElse("")
                                + "; aws cloudtrail start-logging --name " + arn + " starts it",
                        now);
            case TrailState.None() ->
                new RecordState.Trail(
                        "none",
                        "no trail logs read-only management events, so that no pull is recorded; create one that does",
                        now);
            case TrailState.Unreadable(String reason) -> new RecordState.Trail("unreadable", reason, now);
        };
    }

    private Stream<Gap> lostBy(TrailState trail, Instant now) {
        return switch (trail) {
            case TrailState.Logging(String arn, Instant since) -> gaps(since, arn + " was started then");
            case TrailState.Stopped stopped -> gaps(now, stopped.trail() + " is stopped");
            case TrailState.None() -> gaps(now, "no trail logs pulls");
            // no gap, as there may be none; CheckedRecord says that nobody knows
            case TrailState.Unreadable unreadable -> Stream.of();
        };
    }

    private Stream<Gap> lostAmongDeadLetters(Instant now) {
        Optional<Instant> since = state.waitingSince();
        state.waiting(deadLetters.getAsLong(), now);
        return since.filter(at -> !at.plus(DEAD_LETTERS_KEPT).isAfter(now)).isPresent()
                ? gaps(
                        now,
                        "pulls have waited among the dead letters since " + since.get()
                                + ", and those that wait for 14 days are deleted")
                : Stream.of();
    }

    private Stream<Gap> gaps(Instant until, String evidence) {
        return upstreams.all().stream().map(upstream -> new Gap(upstream.prefix(), until, evidence));
    }
}
