package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sorts the manifests of a repository that may go into groups that go together, and each group into waves. */
public final class Groups {
    private final RepositoryPlan plan;
    private final Relations relations;
    private final int[] waves;
    private final BitSet seen = new BitSet();

    private Groups(RepositoryPlan plan) {
        this.plan = plan;
        this.relations = plan.relations();
        this.waves = Waves.of(relations, plan::goes);
    }

    /**
     * The groups, the longest unused first. Each manifest that may go is in one of them. Of a quota's plan those with the
     * reason {@link Reason#QUOTA} come on top of the groups of the plan without it, which offers the others already.
     */
    public static List<Group> of(RepositoryPlan plan) {
        return new Groups(plan).all();
    }

    private List<Group> all() {
        List<Group> groups = new ArrayList<>();
        for (int place = 0; place < relations.size(); place++) {
            if (plan.goes(place) && !seen.get(place)) {
                groups.add(group(together(place)));
            }
        }
        groups.sort(Comparator.comparing(Group::lastUse).thenComparing(Group::first));
        return groups;
    }

    /** All that the manifest is related to, over any number of steps, in the order of places. */
    private int[] together(int start) {
        Places reached = new Places();
        reached.add(start);
        for (int next = 0; next < reached.size; next++) {
            int place = reached.places[next];
            for (int[] others : relations.around(place)) {
                for (int other : others) {
                    reached.add(other);
                }
            }
        }
        int[] places = Arrays.copyOf(reached.places, reached.size);
        Arrays.sort(places);
        return places;
    }

    /** Places that go and were not seen before. */
    private final class Places {
        private int[] places = new int[4];
        private int size;

        void add(int place) {
            if (plan.goes(place) && !seen.get(place)) {
                seen.set(place);
                places = size == places.length ? Arrays.copyOf(places, 2 * size) : places;
                places[size++] = place;
            }
        }
    }

    private Group group(int[] members) {
        List<List<Manifest>> inWaves = new ArrayList<>();
        Instant lastUse = Instant.EPOCH;
        Ground ground = plan.ground(members[0]);
        int first = Integer.MAX_VALUE;
        double pulls = 0;
        long bytes = 0;
        int images = 0;
        int tops = 0;
        for (int member : members) {
            Manifest manifest = relations.at(member);
            while (inWaves.size() <= waves[member]) {
                inWaves.add(new ArrayList<>());
            }
            inWaves.get(waves[member]).add(manifest);
            Use use = plan.use(member);
            lastUse = latest(lastUse, manifest, use);
            pulls += use.pullsPerDay();
            bytes += Group.bytes(manifest);
            images += Group.lists(manifest) ? 0 : 1;
            tops += relations.isTop(member) ? 1 : 0;
            if (waves[member] < first && ground.reason() != Reason.QUOTA) {
                first = waves[member];
                ground = plan.ground(member);
            }
            if (plan.ground(member).reason() == Reason.QUOTA) {
                ground = plan.ground(member);
            }
        }
        int requests = Value.requests(plan.tariff(), members.length, images);
        return new Group(
                plan.repository(),
                inWaves,
                tops,
                lastUse,
                ground.reason(),
                ground.rule(),
                Value.of(pulls, requests, bytes));
    }

    private static Instant latest(Instant last, Manifest manifest, Use use) {
        Instant latest = later(last, manifest.pushedAt());
        latest = later(latest, manifest.recordedPullAt());
        latest = later(latest, use.pulledAt());
        latest = later(latest, use.importedAt());
        return later(latest, use.warmedAt());
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.isPresent() && other.get().isAfter(one) ? other.get() : one;
    }
}
