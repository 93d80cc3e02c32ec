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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares the record with ECR's own time of each image's last pull ({@code DescribeImages}, which is no pull). */
final class EcrComparison {
    /**
     * Events come some minutes late (CloudTrail's user guide: 15 minutes on average for a trail's files), and Larder's and
     * ECR's clocks are not one.
     */
    private static final Duration SLACK = Duration.ofHours(1);

    /** "At least once every 24 hours" is ECR's last-pull time brought up to date (ECR API reference, ImageDetail). */
    private static final Duration ECR_LAG = Duration.ofHours(25);

    /** One image in twenty may be missed by a mistake in what ECR counts; more are an outage. */
    private static final long MISSED_OF = 20L;

    private static final int SAMPLES = 20;

    /** Then a comparison ends before Lambda's 15 minutes do; many thousands of repositories take several. */
    private static final Duration COMPARING = Duration.ofMinutes(11);

    private final Upstreams upstreams;
    private final CacheInventory inventory;
    private final ImageRecords records;
    private final LatestFetches fetches;
    private final InstantSource clock;

    EcrComparison(
            Upstreams upstreams,
            CacheInventory inventory,
            ImageRecords records,
            LatestFetches fetches,
            InstantSource clock) {
        this.upstreams = upstreams;
        this.inventory = inventory;
        this.records = records;
        this.fetches = fetches;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param through the last repository, when there was no time for those behind it
     * @param silence why it is no comparison, as ECR did not tell of most repositories; absent when it is one
     */
    record Compared(
            Reconciled reconciled,
            List<Gap> gaps,
            Optional<RepositoryName> through,
            Optional<CacheException> silence) {}

    private record End(Optional<RepositoryName> through, Optional<CacheException> silence) {}

    /**
     * Compares.
     *
     * @param completeSince by prefix, as it was before this comparison: what it found is judged by that
     * @param last where the last comparison ended: this one begins behind it
     * @throws CacheException when ECR does not list the repositories
     */
    Compared compare(Map<String, Optional<Instant>> completeSince, Optional<RepositoryName> last, Instant now) {
        Map<String, Witnesses> witnesses = new HashMap<>();
        completeSince.forEach((prefix, since) -> witnesses.put(prefix, new Witnesses(since, now)));
        End end = compare(witnesses, inTurn(last));
        List<Gap> gaps = new ArrayList<>();
        witnesses.forEach((prefix, found) -> found.gap(prefix).ifPresent(gaps::add));
        return new Compared(summary(witnesses.values(), now), gaps, end.through(), end.silence());
    }

    /** A repository that ECR does not tell of is left out, as long as these are not most of them. */
    private End compare(Map<String, Witnesses> byPrefix, List<RepositoryName> repositories) {
        Instant end = clock.instant().plus(COMPARING);
        List<CacheException> silent = new ArrayList<>();
        for (int i = 0; i < repositories.size(); i++) {
            RepositoryName repository = repositories.get(i);
            upstreams
                    .of(repository)
                    .map(upstream -> byPrefix.get(upstream.prefix()))
                    .flatMap(found -> compare(repository, found))
                    .ifPresent(silent::add);
            int done = i + 1;
            boolean over = done == repositories.size() || !clock.instant().isBefore(end);
            if (over) {
                return new End(
                        done == repositories.size() ? Optional.empty() : Optional.of(repository),
                        2 * silent.size() > done ? Optional.of(silent.getFirst()) : Optional.empty());
            }
        }
        return new End(Optional.empty(), Optional.empty());
    }

    /** Those under an upstream by name, the first of them behind the last that was compared. */
    private List<RepositoryName> inTurn(Optional<RepositoryName> last) {
        List<RepositoryName> sorted = inventory
                .repositories()
                .map(CacheInventory.Repository::name)
                .filter(name -> upstreams.of(name).isPresent())
                .sorted(Comparator.comparing(RepositoryName::value))
                .toList();
        long before = last.map(name -> sorted.stream()
                        .filter(each -> each.value().compareTo(name.value()) <= 0)
                        .count())
                .orElse(0L);
        return Stream.concat(sorted.stream().skip(before), sorted.stream().limit(before))
                .toList();
    }

    /** @return why it could not be; absent when it was */
    private Optional<CacheException> compare(RepositoryName repository, Witnesses found) {
        try {
            compare(pullable(repository), records.repository(repository), found);
            return Optional.empty();
        } catch (CacheException e) {
            System.out.println(repository + " is not compared: " + e.getMessage());
            return Optional.of(e);
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
