package dev.larder.functions.usage;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Use;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.usage.RecordState.Gap;
import dev.larder.functions.usage.RecordState.Reconciled;
import dev.larder.functions.warm.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Asks the other witnesses whether the usage record is complete: the account's trail, the dead letters, and ECR's own time of
 * each image's last pull ({@code DescribeImages}, which is no pull). Where they disagree the record is complete only from
 * now on, and says why.
 */
public final class Reconciliation {
    /**
     * Events come some minutes late (CloudTrail's user guide: 15 minutes on average for a trail's files), and Larder's and
     * ECR's clocks are not one.
     */
    private static final Duration SLACK = Duration.ofHours(1);

    /** "At least once every 24 hours" is ECR's last-pull time brought up to date (ECR API reference, ImageDetail). */
    private static final Duration ECR_LAG = Duration.ofHours(25);

    /** Dead letters are kept for 14 days. */
    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(14);

    /** One image in twenty may be missed by a mistake in what ECR counts; more are an outage. */
    private static final long MISSED_OF = 20L;

    private static final int SAMPLES = 20;

    private final Upstreams upstreams;
    private final CacheInventory inventory;
    private final ImageRecords records;
    private final LatestFetches fetches;
    private final RecordState state;
    private final Trails trails;
    private final LongSupplier deadLetters;

    /**
     * Takes the ports.
     *
     * @param deadLetters how many messages with pulls could not be recorded, and wait
     */
    public Reconciliation(
            Upstreams upstreams,
            CacheInventory inventory,
            ImageRecords records,
            LatestFetches fetches,
            RecordState state,
            Trails trails,
            LongSupplier deadLetters) {
        this.upstreams = upstreams;
        this.inventory = inventory;
        this.records = records;
        this.fetches = fetches;
        this.state = state;
        this.trails = trails;
        this.deadLetters = deadLetters;
    }

    /**
     * What came of it.
     *
     * @param gaps that were not known before
     */
    public record Outcome(TrailState trail, List<Gap> gaps, Reconciled reconciled) {
        /** Copies the list. */
        public Outcome {
            gaps = List.copyOf(gaps);
        }
    }

    /** Compares. What the trail and the dead letters say is kept first: ECR may not answer. */
    public Outcome reconcile(Instant now) {
        Map<String, Optional<Instant>> completeSince = new HashMap<>();
        upstreams
                .all()
                .forEach(upstream -> completeSince.put(upstream.prefix(), state.completeSince(upstream.prefix())));
        TrailState trail = trails.read();
        state.trail(described(trail, now));
        List<Gap> gaps = new ArrayList<>();
        Stream.concat(lostBy(trail, now), lostAmongDeadLetters(now))
                .filter(state::incompleteUntil)
                .forEach(gaps::add);
        Map<String, Witnesses> witnesses = compare(completeSince, now);
        witnesses.forEach((prefix, found) ->
                found.gap(prefix).filter(state::incompleteUntil).ifPresent(gaps::add));
        Reconciled reconciled = summary(witnesses.values(), now);
        state.reconciled(reconciled);
        return new Outcome(trail, gaps, reconciled);
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

    /** @param completeSince by prefix, as it was before this comparison: what it found is judged by that */
    private Map<String, Witnesses> compare(Map<String, Optional<Instant>> completeSince, Instant now) {
        Map<String, Witnesses> byPrefix = new HashMap<>();
        completeSince.forEach((prefix, since) -> byPrefix.put(prefix, new Witnesses(since, now)));
        inventory
                .repositories()
                .map(CacheInventory.Repository::name)
                .forEach(repository -> upstreams
                        .of(repository)
                        .map(upstream -> byPrefix.get(upstream.prefix()))
                        .ifPresent(found -> compare(repository, found)));
        return byPrefix;
    }

    private void compare(RepositoryName repository, Witnesses found) {
        try {
            compare(pullable(repository), records.repository(repository), found);
        } catch (CacheException e) {
            System.out.println(repository + " is not compared: " + e.getMessage());
        }
    }

    /** What is in ECR's archive cannot be pulled: neither witness sees it. */
    private List<Manifest> pullable(RepositoryName repository) {
        return inventory.manifests(repository).stream()
                .filter(manifest -> !manifest.archived())
                .toList();
    }

    private static Reconciled summary(Collection<Witnesses> witnesses, Instant now) {
        return new Reconciled(
                now,
                witnesses.stream().mapToLong(found -> found.images).sum(),
                some(witnesses, found -> found.onlyEcr),
                some(witnesses, found -> found.onlyRecord));
    }

    private static List<String> some(Collection<Witnesses> witnesses, Function<Witnesses, List<String>> images) {
        return witnesses.stream()
                .flatMap(found -> images.apply(found).stream())
                .sorted()
                .limit(SAMPLES)
                .toList();
    }

    private void compare(List<Manifest> manifests, RepositoryRecords known, Witnesses found) {
        Map<Digest, Use> uses = new LastUses(records, fetches).of(manifests, known);
        Map<Digest, Instant> recorded = new HashMap<>();
        uses.forEach((digest, use) -> use.pulledAt().ifPresent(at -> recorded.put(digest, at)));
        // a client that pulls an index fetches a part of it: who saw the one saw the other
        for (StoredManifest index : known.manifests().values()) {
            for (Digest child : index.children()) {
                Optional.ofNullable(recorded.get(index.image().digest()))
                        .ifPresent(at -> recorded.merge(child, at, (one, other) -> one.isAfter(other) ? one : other));
            }
        }
        manifests.forEach(manifest -> found.add(manifest, Optional.ofNullable(recorded.get(manifest.digest()))));
    }

    /** What both say of one upstream's images. */
    private static final class Witnesses {
        private final Optional<Instant> completeSince;
        private final Instant now;
        private final List<String> onlyEcr = new ArrayList<>();
        private final List<String> onlyRecord = new ArrayList<>();
        private long images;

        Witnesses(Optional<Instant> completeSince, Instant now) {
            this.completeSince = completeSince;
            this.now = now;
        }

        void add(Manifest manifest, Optional<Instant> recorded) {
            String image = new Digested(manifest.repository(), manifest.digest()).toString();
            Optional<Instant> ecr = manifest.recordedPullAt();
            if (ecr.filter(this::isComparable).isPresent()) {
                images++;
                if (recorded.filter(at -> !at.isBefore(ecr.get().minus(SLACK))).isEmpty()) {
                    onlyEcr.add(image);
                }
            }
            boolean unseen = recorded.filter(at -> at.isBefore(now.minus(ECR_LAG)))
                    .filter(at -> ecr.filter(seen -> !seen.isBefore(at.minus(ECR_LAG)))
                            .isEmpty())
                    .isPresent();
            if (unseen) {
                onlyRecord.add(image);
            }
        }

        Optional<Gap> gap(String prefix) {
            return onlyEcr.size() * MISSED_OF <= images
                    ? Optional.empty()
                    : Optional.of(new Gap(
                            prefix,
                            now,
                            "ECR saw pulls of " + onlyEcr.size() + " of " + images
                                    + " images that were not recorded, among them " + onlyEcr.getFirst()));
        }

        /** Whether the record must have seen a pull at that time. */
        private boolean isComparable(Instant pulledAt) {
            return completeSince
                            .filter(since -> pulledAt.isAfter(since.plus(SLACK)))
                            .isPresent()
                    && pulledAt.isBefore(now.minus(SLACK));
        }
    }
}
