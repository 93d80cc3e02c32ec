package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.OwnEvent;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.StoredManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sets tombstones, deletes, and takes tombstones away again of what stayed after all. */
final class Burials {
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

    /** Lines of what stays, without tombstones. */
    List<RunLine> stay(Run run, int piece, List<Doomed> doomed, String reason, String seen) {
        List<RunLine> lines = new ArrayList<>();
        for (Doomed staying : doomed) {
            for (Manifest manifest : staying.group().manifests()) {
                lines.add(stay(run, piece, manifest, RunLine.Outcome.KEEP, reason, seen));
            }
        }
        return lines;
    }

    private RunLine stay(Run run, int piece, Manifest manifest, RunLine.Outcome outcome, String reason, String seen) {
        ports.tombstones().remove(manifest.repository(), manifest.digest(), run.id());
        return RunLine.of(manifest, piece, outcome, reason, List.of(seen));
    }

    /** Deletes, one wave of all groups after the other; a group of which something stays loses no more of its waves. */
    List<RunLine> bury(Run run, int piece, List<Doomed> doomed) {
        List<RunLine> lines = new ArrayList<>();
        Set<Digest> broken = new HashSet<>();
        int most = doomed.stream()
                .mapToInt(going -> going.group().waves().size())
                .max()
                .orElse(0);
        for (int wave = 0; wave < most; wave++) {
            List<Member> members = new ArrayList<>();
            for (Doomed going : doomed) {
                Group group = going.group();
                if (wave < group.waves().size()) {
                    for (Manifest manifest : group.waves().get(wave)) {
                        if (broken.contains(group.first())) {
                            lines.add(stay(
                                    run,
                                    piece,
                                    manifest,
                                    RunLine.Outcome.KEEP,
                                    "waits",
                                    "what has to go before it is still there"));
                        } else {
                            members.add(new Member(going, manifest));
                        }
                    }
                }
            }
            lines.addAll(delete(run, piece, members, broken));
        }
        return lines;
    }

    private record Member(Doomed doomed, Manifest manifest) {}

    private List<RunLine> delete(Run run, int piece, List<Member> members, Set<Digest> broken) {
        if (members.isEmpty()) {
            return List.of();
        }
        Instant before = ports.clock().instant();
        CacheInventory.Deletion deletion = ports.inventory()
                .delete(
                        members.getFirst().manifest().repository(),
                        members.stream()
                                .map(member -> member.manifest().digest())
                                .toList());
        List<RunLine> lines = new ArrayList<>();
        List<OwnEvent> events = new ArrayList<>();
        for (Member member : members) {
            Manifest manifest = member.manifest();
            if (deletion.gone().contains(manifest.digest())) {
                forget(manifest, before);
                events.add(event(run, tombstone(run, member.doomed(), manifest)));
                lines.add(RunLine.of(
                        manifest,
                        piece,
                        RunLine.Outcome.EVICTED,
                        member.doomed().group().reason().text(),
                        member.doomed().evidence(manifest)));
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
        publish(events);
        return lines;
    }

    /** A pull right after the deletion brings it again, and then what is known of it is of what came. */
    private void forget(Manifest manifest, Instant before) {
        manifest.tags()
                .forEach(tag ->
                        ports.records().forget(new Tagged(manifest.repository(), tag), manifest.digest(), before));
        ports.records().forget(new Digested(manifest.repository(), manifest.digest()), before);
    }

    /** What is gone is gone: that nobody hears of it must not keep the run from recording it. */
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
                ports.clock().instant());
    }
}
