package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sorts the evicted manifests of a repository into groups that go together, and each group into waves. */
public final class Groups {
    private final RepositoryPlan plan;
    private final Map<Digest, Use> uses;

    /** Who must be gone before: an index before what it lists, a subject before its referrers. */
    private final Map<Digest, Set<Digest>> before = new HashMap<>();

    private Groups(RepositoryPlan plan, Map<Digest, Use> uses) {
        this.plan = plan;
        this.uses = uses;
        plan.manifests().forEach((digest, manifest) -> {
            manifest.children().orElse(Set.of()).forEach(child -> relate(digest, child));
            manifest.subject().ifPresent(subject -> relate(subject, digest));
        });
    }

    /** The groups, the longest unused first. Manifests that refer to each other in a circle are in none: they stay. */
    public static List<Group> of(RepositoryPlan plan, Map<Digest, Use> uses) {
        return new Groups(plan, uses).all();
    }

    private void relate(Digest earlier, Digest later) {
        if (plan.evicts(earlier) && plan.evicts(later)) {
            before.computeIfAbsent(later, key -> new TreeSet<>()).add(earlier);
        }
    }

    private List<Group> all() {
        Map<Digest, Set<Digest>> neighbours = new HashMap<>();
        before.forEach((later, earliers) -> earliers.forEach(earlier -> {
            neighbours.computeIfAbsent(later, key -> new TreeSet<>()).add(earlier);
            neighbours.computeIfAbsent(earlier, key -> new TreeSet<>()).add(later);
        }));
        List<Group> groups = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        for (Digest digest : plan.manifests().keySet()) {
            if (plan.evicts(digest) && !seen.contains(digest)) {
                Set<Digest> members = reachable(digest, neighbours);
                seen.addAll(members);
                group(members).ifPresent(groups::add);
            }
        }
        groups.sort(Comparator.comparing(Group::lastUse).thenComparing(Group::first));
        return groups;
    }

    private static Set<Digest> reachable(Digest start, Map<Digest, Set<Digest>> neighbours) {
        Set<Digest> reached = new TreeSet<>(Set.of(start));
        Deque<Digest> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Digest next : neighbours.getOrDefault(open.pop(), Set.of())) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    private Optional<Group> group(Set<Digest> members) {
        List<List<Manifest>> waves = new ArrayList<>();
        Map<Digest, Manifest> left = new TreeMap<>();
        members.forEach(member -> left.put(member, plan.manifest(member)));
        while (!left.isEmpty()) {
            List<Manifest> wave = left.values().stream()
                    .filter(manifest -> before.getOrDefault(manifest.digest(), Set.of()).stream()
                            .noneMatch(left::containsKey))
                    .toList();
            if (wave.isEmpty()) {
                return Optional.empty();
            }
            wave.forEach(manifest -> left.remove(manifest.digest()));
            waves.add(wave);
        }
        Manifest any = waves.getFirst().getFirst();
        return Optional.of(new Group(any.repository(), waves, lastUse(members)));
    }

    private Instant lastUse(Set<Digest> members) {
        return members.stream().flatMap(this::times).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private Stream<Instant> times(Digest digest) {
        Manifest manifest = plan.manifest(digest);
        Use use = uses.getOrDefault(digest, Use.NONE);
        return Stream.of(
                        manifest.pushedAt(),
                        manifest.recordedPullAt(),
                        use.pulledAt(),
                        use.importedAt(),
                        use.warmedAt())
                .flatMap(Optional::stream);
    }
}
