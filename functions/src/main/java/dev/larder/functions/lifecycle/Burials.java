package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.OwnEvent;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.StoredManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sets tombstones, deletes, and takes tombstones away again of what stayed after all. */
final class Burials {
    /** What stays for it stays because somebody stopped the run. */
    static final String SWITCHED_OFF = "switched off";

    /** Identifiers in one call (ECR's API model). */
    private static final int TOGETHER = 100;

    private static final Set<FailureKind> REFUSED =
            Set.of(FailureKind.ACCESS, FailureKind.CREDENTIALS, FailureKind.DENIED);

    private final LifecyclePorts ports;

    Burials(LifecyclePorts ports) {
        this.ports = ports;
    }

    /** Sets the tombstones. */
    void prepare(Run run, List<Doomed> doomed) {
        List<Tombstone> tombstones = new ArrayList<>();
        for (Doomed going : doomed) {
            going.group().manifests().forEach(manifest -> tombstones.add(tombstone(run, going, manifest)));
        }
        ports.tombstones().put(tombstones);
    }

    /** Takes back the tombstones of what stays, and writes that down. */
    List<RunLine> stay(Run run, int piece, Collection<Manifest> manifests, String reason, String seen) {
        List<RunLine> lines = manifests.stream()
                .map(manifest -> stay(run, piece, manifest, RunLine.Outcome.KEEP, reason, seen))
                .toList();
        ports.runs().add(run, lines);
        return lines;
    }

    /**
     * Of what is not there any more: somebody else deleted it, which is no eviction, and nothing for an undo; or an earlier
     * try did.
     *
     * @param tried what an earlier try may have deleted
     */
    List<RunLine> gone(Run run, List<RunLine> gone, Set<Digest> tried) {
        Map<Boolean, List<RunLine>> ours =
                gone.stream().collect(Collectors.partitioningBy(line -> tried.contains(line.digest())));
        List<RunLine> lines = new ArrayList<>(finish(run, ours.getOrDefault(true, List.of())));
        for (RunLine line : ours.getOrDefault(false, List.of())) {
            ports.tombstones().remove(line.repository(), line.digest(), run.id());
            RunLine theirs = goneAlready(line);
            ports.runs().add(run, List.of(theirs));
            lines.add(theirs);
        }
        return lines;
    }

    private static RunLine goneAlready(RunLine line) {
        return line.as(RunLine.Outcome.KEEP, "gone already", "somebody else deleted it");
    }

    /** The line of one manifest that stays, without its tombstone. */
    private RunLine stay(Run run, int piece, Manifest manifest, RunLine.Outcome outcome, String reason, String seen) {
        ports.tombstones().remove(manifest.repository(), manifest.digest(), run.id());
        return RunLine.of(manifest, piece, outcome, reason, List.of(seen));
    }

    /**
     * Deletes, one wave of all groups after the other; a group of which something stays loses no more of its waves. What
     * came of a call is written down before the next one.
     *
     * @param stop why nothing may be deleted now; asked before each call
     */
    List<RunLine> bury(Run run, int piece, List<Doomed> doomed, Supplier<Optional<String>> stop) {
        List<RunLine> lines = new ArrayList<>();
        Set<Digest> broken = new HashSet<>();
        int most = doomed.stream()
                .mapToInt(going -> going.group().waves().size())
                .max()
                .orElse(0);
        for (int wave = 0; wave < most; wave++) {
            List<Member> members = new ArrayList<>();
            List<Manifest> waiting = new ArrayList<>();
            for (Doomed going : doomed) {
                Group group = going.group();
                if (wave < group.waves().size()) {
                    for (Manifest manifest : group.waves().get(wave)) {
                        if (broken.contains(group.first())) {
                            waiting.add(manifest);
                        } else {
                            members.add(new Member(going, manifest));
                        }
                    }
                }
            }
            lines.addAll(stay(run, piece, waiting, "waits", "what has to go before it is still there"));
            for (int from = 0; from < members.size(); from += TOGETHER) {
                List<Member> some = members.subList(from, Math.min(members.size(), from + TOGETHER));
                lines.addAll(stop.get()
                        .map(why -> spare(run, piece, some, broken, why))
                        .orElseGet(() -> delete(run, piece, some, broken)));
            }
        }
        return lines;
    }

    private record Member(Doomed doomed, Manifest manifest) {}

    private List<RunLine> spare(Run run, int piece, List<Member> members, Set<Digest> broken, String why) {
        members.forEach(member -> broken.add(member.doomed().group().first()));
        return stay(run, piece, members.stream().map(Member::manifest).toList(), SWITCHED_OFF, why);
    }

    private List<RunLine> delete(Run run, int piece, List<Member> members, Set<Digest> broken) {
        Instant before = ports.clock().instant();
        CacheInventory.Deletion deletion = deletion(
                members.getFirst().manifest().repository(),
                members.stream().map(member -> member.manifest().digest()).toList());
        Map<Digest, Tombstone> graves = new LinkedHashMap<>();
        for (Member member : members) {
            Manifest manifest = member.manifest();
            if (deletion.gone().contains(manifest.digest())) {
                graves.put(manifest.digest(), tombstone(run, member.doomed(), manifest));
            }
        }
        putBack(graves.values());
        List<RunLine> lines = new ArrayList<>();
        List<OwnEvent> events = new ArrayList<>();
        for (Member member : members) {
            Manifest manifest = member.manifest();
            Tombstone grave = graves.get(manifest.digest());
            if (grave != null) {
                forget(grave, manifest.tags(), before);
                events.add(event(run, grave));
                lines.add(member.doomed().line(manifest, piece, RunLine.Outcome.EVICTED));
            } else {
                broken.add(member.doomed().group().first());
                lines.add(stay(
                        run,
                        piece,
                        manifest,
                        RunLine.Outcome.FAILED,
                        "ECR refused",
                        deletion.failures().getOrDefault(manifest.digest(), "without a reason")));
            }
        }
        ports.runs().add(run, lines);
        publish(events);
        return lines;
    }

    /** A call that may not be made is refused for each image, and would be again: the other repositories have their turn. */
    private CacheInventory.Deletion deletion(RepositoryName repository, List<Digest> digests) {
        try {
            return ports.inventory().delete(repository, digests);
        } catch (CacheException e) {
            if (!REFUSED.contains(e.failure().kind())) {
                throw e;
            }
            // the client may have made it before, and lost the answer
            Set<Digest> there = ports.inventory().manifests(repository, digests).stream()
                    .map(Manifest::digest)
                    .collect(Collectors.toSet());
            Set<Digest> gone = new HashSet<>(digests);
            gone.removeAll(there);
            String why = String.valueOf(e.getMessage());
            return new CacheInventory.Deletion(
                    gone, there.stream().collect(Collectors.toMap(digest -> digest, _ -> why)));
        }
    }

    /** Whoever took a tombstone away meanwhile took the image for one that stays. */
    private void putBack(Collection<Tombstone> graves) {
        ports.tombstones()
                .put(graves.stream()
                        .filter(grave -> ports.tombstones()
                                .get(grave.repository(), grave.digest(), grave.run())
                                .isEmpty())
                        .toList());
    }

    /** Of what an earlier try deleted and died over: the record forgets it and everybody hears of it, if it was ours to delete. */
    List<RunLine> finish(Run run, List<RunLine> gone) {
        Map<Digest, Tombstone> graves = gone.isEmpty()
                ? Map.of()
                : ports.tombstones().of(gone.getFirst().repository()).stream()
                        .filter(grave -> grave.run().equals(run.id()))
                        .collect(Collectors.toMap(Tombstone::digest, grave -> grave, (one, other) -> one));
        List<RunLine> lines = new ArrayList<>();
        List<OwnEvent> events = new ArrayList<>();
        for (RunLine line : gone) {
            Tombstone grave = graves.get(line.digest());
            if (grave == null) {
                lines.add(goneAlready(line));
            } else {
                forget(grave, line.tags(), grave.evictedAt());
                events.add(event(run, grave));
                lines.add(line.as(RunLine.Outcome.EVICTED));
            }
        }
        ports.runs().add(run, lines);
        publish(events);
        return lines;
    }

    /** A pull right after the deletion brings it again, and then what is known of it is of what came. */
    private void forget(Tombstone grave, List<Tag> tags, Instant before) {
        tags.forEach(tag -> ports.records().forget(new Tagged(grave.repository(), tag), grave.digest(), before));
        ports.records().forget(new Digested(grave.repository(), grave.digest()), before);
    }

    /**
     * What is gone is gone: that nobody hears of it must not keep the run from recording it. So it is recorded first, and a
     * piece that is carried out again tells it once.
     */
    private void publish(List<OwnEvent> events) {
        try {
            ports.bus().publish(events);
        } catch (RuntimeException e) {
            System.out.println("nobody was told of " + events.size() + " evictions: " + e);
        }
    }

    private Tombstone tombstone(Run run, Doomed doomed, Manifest manifest) {
        List<Platform> platforms = ports.records()
                .manifest(manifest.repository(), manifest.digest())
                .map(StoredManifest::platforms)
                .map(known -> known.stream().sorted().toList())
                .orElse(List.of());
        return new Tombstone(
                manifest.repository(),
                manifest.digest(),
                KeepTag.without(manifest.tags()),
                platforms,
                manifest.sizeBytes(),
                ports.clock().instant(),
                doomed.group().reason().text(),
                doomed.evidence(manifest),
                doomed.asked().byDigest().contains(manifest.digest()),
                run.id());
    }

    private OwnEvent event(Run run, Tombstone grave) {
        return new OwnEvent.ImageEvicted(
                run.id(),
                grave.repository(),
                grave.digest(),
                grave.tags(),
                grave.platforms(),
                grave.sizeBytes().isPresent() ? Optional.of(grave.sizeBytes().getAsLong()) : Optional.empty(),
                grave.reason(),
                String.join("; ", grave.evidence()),
                grave.evictedAt());
    }
}
