package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Demand;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.ImportSize;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Moves;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Larder's record would have of one tag. No event is lost in it, and each is known at once. Of the checks it has those
 * that imported, since ECR sends an event then, and Larder's own; one that found nothing new has no event, so it is inferred
 * from the pull: one that comes after the 24 hours are over must have made it.
 */
final class Watch {
    private static final long DAY = 86_400;
    private static final long TRUSTED =
            Freshness.FRESH_FOR.plus(Freshness.AFTER).toSeconds();

    private final World world;
    private final Ecr ecr;
    private final int tag;
    private final boolean versioned;
    private final TreeMap<LocalDate, Long> days = new TreeMap<>();
    private long forgetsAt = Long.MAX_VALUE;
    private long first = -1;
    private long last = -1;
    private long checkedAt = -1;
    private int moves;
    private int seen = -1;
    private int upstream = -1;
    private boolean looked;
    private int sighted = -1;
    private long sightedAt;
    private Optional<Known> known = Optional.empty();

    Watch(World world, Ecr ecr, int tag) {
        this.world = world;
        this.ecr = ecr;
        this.tag = tag;
        versioned = world.tag(tag).version().isPresent();
    }

    int tag() {
        return tag;
    }

    /** A client pulled it. */
    void pulled(long time) {
        days.merge(LocalDate.ofEpochDay(time / DAY), 1L, Long::sum);
        forgetsAt = forgetsAt();
        last = time;
        known = Optional.empty();
    }

    /** ECR imported, and its event said so; or Larder's own fetch did. */
    void checked(long time) {
        checkedAt = time;
        upstream = -1;
        if (seen != ecr.cached(tag)) {
            moves += seen < 0 ? 0 : 1;
            first = first < 0 ? time : first;
            seen = ecr.cached(tag);
        }
        known = Optional.empty();
    }

    /** It was found to have moved, and could not be brought forward: it is left to ECR's own check. */
    void left() {
        upstream = -1;
        known = Optional.empty();
    }

    /** Larder asked the upstream itself. */
    void looked(int build, long time) {
        upstream = build;
        looked = true;
        sighted = build;
        sightedAt = time;
        known = Optional.empty();
    }

    /** Brings the record up to date: what follows from the last pull, and what is too old. */
    void settle(long now) {
        if (checkedAt >= 0 && last >= checkedAt + DAY) {
            checkedAt = last;
            known = Optional.empty();
        }
        if (now > forgetsAt) {
            LocalDate since = LocalDate.ofEpochDay(Math.ceilDiv(now - Demand.WINDOW.toSeconds(), DAY));
            days.headMap(since, false).clear();
            forgetsAt = forgetsAt();
            known = Optional.empty();
        }
    }

    private long forgetsAt() {
        return days.isEmpty() ? Long.MAX_VALUE : days.firstKey().toEpochDay() * DAY + Demand.WINDOW.toSeconds();
    }

    /** What it points at in the cache as far as the record goes, -1 for nothing. */
    int seen() {
        return seen;
    }

    /** Whether anyone ever pulled it. */
    boolean wasPulled() {
        return last >= 0;
    }

    /** Whether it was pulled since a time. */
    boolean wasPulledSince(long time) {
        return last >= time;
    }

    /** Whether it was seen to move. */
    boolean moves() {
        return moves > 0;
    }

    /** Whether it has a version and was pulled lately, so that others of its family may follow. */
    boolean leads() {
        return versioned && !days.isEmpty();
    }

    /** Whether Larder saw, since a time, that the upstream has this build. */
    boolean hasSeen(int build, long since) {
        return looked && sighted == build && sightedAt >= since;
    }

    /** What the upstream had when Larder last asked; -1 when it never did. */
    int sighted() {
        return sighted;
    }

    boolean hasLooked() {
        return looked;
    }

    /** Whether there is surely nothing to do for it until a time: it is cached, and its check does not run out. */
    boolean restsUntil(long time) {
        return seen >= 0 && upstream < 0 && checkedAt >= 0 && checkedAt + TRUSTED > time;
    }

    /** What the planner gets to see; the record has to be up to date. */
    Known known() {
        if (known.isEmpty()) {
            known = Optional.of(make());
        }
        return known.get();
    }

    private Known make() {
        int cached = ecr.cached(tag);
        return new Known(
                world.tag(tag).image(),
                world.tag(tag).version(),
                cached < 0 ? Optional.empty() : Optional.of(world.build(cached).digest()),
                checkedAt < 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(checkedAt)),
                upstream < 0
                        ? Optional.empty()
                        : Optional.of(world.build(upstream).digest()),
                days.isEmpty() ? Optional.empty() : Optional.of(Demand.of(days, Instant.ofEpochSecond(last))),
                first < 0 ? Moves.UNWATCHED : new Moves(moves, Duration.ofSeconds(checkedAt - first)),
                size(cached),
                Tariff.MANIFESTS,
                Optional.empty());
    }

    private ImportSize size(int cached) {
        if (upstream >= 0 && ecr.isPresent(upstream)) {
            return ImportSize.CACHED;
        }
        return cached < 0
                ? ImportSize.UNKNOWN
                : new ImportSize(
                        1 + world.build(cached).images(), 0, world.build(cached).bytes());
    }
}
