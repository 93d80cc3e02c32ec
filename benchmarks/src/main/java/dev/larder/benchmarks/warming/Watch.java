package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Demand;
import dev.larder.domain.warming.ImportSize;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Moves;
import dev.larder.events.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What Larder's record would have of one tag. */
final class Watch {
    private static final long DAY = 86_400;
    private static final Duration WINDOW = Duration.ofDays(28);

    private final World world;
    private final Ecr ecr;
    final int tag;
    private final Deque<long[]> days = new ArrayDeque<>();
    private long first = -1;
    private long last = -1;
    private long checkedAt = -1;
    private int moves;
    private int seen = -1;
    private int upstream = -1;
    private boolean looked;
    private Optional<Known> known = Optional.empty();

    Watch(World world, Ecr ecr, int tag) {
        this.world = world;
        this.ecr = ecr;
        this.tag = tag;
    }

    void pulled(long time) {
        long day = time / DAY;
        if (days.isEmpty() || days.getLast()[0] != day) {
            days.addLast(new long[] {day, 0});
        }
        days.getLast()[1]++;
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

    int seen() {
        return seen;
    }

    boolean wanted() {
        return last > 0;
    }

    boolean wanted2() {
        return days.size() > 1 || days.getLast()[1] > 1;
    }

    boolean hasLooked() {
        return looked;
    }

    /** A HEAD of Larder's own. */
    void looked(int build) {
        upstream = build;
        looked = true;
        known = Optional.empty();
    }

    /** A check that found nothing new has no event; but a pull after the 24 hours were over must have made one. */
    private void infer() {
        if (checkedAt >= 0 && last >= checkedAt + DAY) {
            checkedAt = last;
            known = Optional.empty();
        }
    }

    Known known(long now) {
        infer();
        if (!days.isEmpty() && days.getFirst()[0] * DAY < now - WINDOW.toSeconds()) {
            while (!days.isEmpty() && days.getFirst()[0] * DAY < now - WINDOW.toSeconds()) {
                days.removeFirst();
            }
            known = Optional.empty();
        }
        if (known.isEmpty()) {
            known = Optional.of(make());
        }
        return known.get();
    }

    java.util.NavigableMap<java.time.LocalDate, Long> active() {
        java.util.TreeMap<java.time.LocalDate, Long> active = new java.util.TreeMap<>();
        days.forEach(day -> active.put(java.time.LocalDate.ofEpochDay(day[0]), day[1]));
        return active;
    }

    private Known make() {
        Optional<Demand> demand =
                days.isEmpty() ? Optional.empty() : Optional.of(Demand.of(active(), Instant.ofEpochSecond(last)));
        int cached = ecr.cached(tag);
        return new Known(
                world.tags.get(tag),
                world.versions.get(tag),
                cached < 0 ? Optional.<Digest>empty() : Optional.of(world.builds.get(cached)),
                checkedAt < 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(checkedAt)),
                upstream < 0 ? Optional.<Digest>empty() : Optional.of(world.builds.get(upstream)),
                demand,
                first < 0 ? Moves.UNWATCHED : new Moves(moves, Duration.ofSeconds(checkedAt - first)),
                size(cached),
                Tariff.MANIFESTS,
                Optional.empty());
    }

    private ImportSize size(int cached) {
        if (upstream >= 0 && ecr.isPresent(upstream)) {
            return ImportSize.CACHED;
        }
        return cached >= 0
                ? new ImportSize(1 + world.platforms.get(cached), 0, world.bytes.get(cached))
                : ImportSize.UNKNOWN;
    }
}
