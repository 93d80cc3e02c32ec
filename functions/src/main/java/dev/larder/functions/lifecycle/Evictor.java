package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Use;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.OwnEvent;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.bus.EventBus;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.usage.LastUses;
import dev.larder.functions.warm.WarmLeases;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Deletes a group: tombstones first, then another look, since a pull in between wins, then wave by wave. A kill at any point
 * leaves either the image or its tombstone, or both, never neither.
 */
final class Evictor {
    /** The rule by which images go, as tombstones and events name it. */
    static final String REASON = "not pulled";

    private final CacheInventory inventory;
    private final ImageRecords records;
    private final LastUses lastUses;
    private final WarmLeases leases;
    private final Tombstones tombstones;
    private final EventBus bus;
    private final InstantSource clock;

    Evictor(
            CacheInventory inventory,
            ImageRecords records,
            LastUses lastUses,
            WarmLeases leases,
            Tombstones tombstones,
            EventBus bus,
            InstantSource clock) {
        this.inventory = inventory;
        this.records = records;
        this.lastUses = lastUses;
        this.leases = leases;
        this.tombstones = tombstones;
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * Deletes.
     *
     * @param evidence of each manifest
     * @param again makes the decision again, as of when it is got
     * @return a line for each manifest
     */
    List<RunLine> evict(Run run, Group group, Map<Digest, List<String>> evidence, Supplier<Again> again) {
        List<List<Grave>> waves = group.waves().stream()
                .map(wave -> wave.stream()
                        .map(manifest -> new Grave(
                                manifest,
                                tombstone(run, manifest, evidence.getOrDefault(manifest.digest(), List.of()))))
                        .toList())
                .toList();
        waves.stream().flatMap(List::stream).forEach(grave -> tombstones.put(grave.tombstone()));
        Optional<String> changed = changed(group, again.get());
        if (changed.isPresent()) {
            return stay(waves.stream().flatMap(List::stream).toList(), "changed in between", changed.get());
        }
        List<RunLine> lines = new ArrayList<>();
        boolean whole = true;
        for (List<Grave> wave : waves) {
            List<RunLine> deleted =
                    whole ? delete(run, wave) : stay(wave, "waits", "what has to go before it is still there");
            whole &= deleted.stream().allMatch(line -> line.outcome() == RunLine.Outcome.EVICTED);
            lines.addAll(deleted);
        }
        return lines;
    }

    /** The decision on some manifests again: what keeps each that has to stay after all. */
    interface Again {
        Map<Digest, Verdict.Keep> kept(List<Manifest> manifests, Map<Digest, Use> uses);
    }

    private record Grave(Manifest manifest, Tombstone tombstone) {}

    private List<RunLine> stay(List<Grave> graves, String reason, String seen) {
        graves.forEach(grave -> tombstones.remove(grave.tombstone()));
        return graves.stream()
                .map(grave -> line(grave.manifest(), RunLine.Outcome.KEEP, reason, List.of(seen)))
                .toList();
    }

    /** A warm order that is being carried out counts on what is there: it would tell of an image that is gone. */
    private Optional<String> beingWarmed(Manifest manifest) {
        return KeepTag.without(manifest.tags()).stream()
                .map(tag -> new Tagged(manifest.repository(), tag))
                .filter(image -> leases.heldAt(image, clock.instant()))
                .map(image -> image + " is being warmed")
                .findFirst();
    }

    private Optional<String> changed(Group group, Again again) {
        List<Digest> digests = group.manifests().stream().map(Manifest::digest).toList();
        Map<Digest, Manifest> now = new HashMap<>();
        inventory.manifests(group.repository(), digests).forEach(manifest -> now.put(manifest.digest(), manifest));
        Map<Digest, Use> uses = lastUses.of(List.copyOf(now.values()), records.repository(group.repository()));
        List<Manifest> seen = new ArrayList<>();
        for (Manifest before : group.manifests()) {
            Manifest manifest = now.get(before.digest());
            if (manifest == null) {
                continue;
            }
            if (!manifest.tags().equals(before.tags())) {
                return Optional.of(before.digest() + " has the tags " + manifest.tags() + " now");
            }
            Optional<String> warming = beingWarmed(manifest);
            if (warming.isPresent()) {
                return warming;
            }
            seen.add(before.children().isPresent() ? manifest.withChildren(before.children()) : manifest);
        }
        return again.kept(seen, uses).entrySet().stream()
                .findFirst()
                .map(kept -> kept.getKey() + ": " + kept.getValue().detail());
    }

    private List<RunLine> delete(Run run, List<Grave> wave) {
        CacheInventory.Deletion deletion = inventory.delete(
                wave.getFirst().manifest().repository(),
                wave.stream().map(grave -> grave.manifest().digest()).toList());
        List<RunLine> lines = new ArrayList<>();
        List<OwnEvent> events = new ArrayList<>();
        for (Grave grave : wave) {
            Manifest manifest = grave.manifest();
            if (deletion.gone().contains(manifest.digest())) {
                manifest.tags().forEach(tag -> records.forget(new Tagged(manifest.repository(), tag), clock.instant()));
                records.forget(new Digested(manifest.repository(), manifest.digest()), clock.instant());
                events.add(event(run, grave.tombstone()));
                lines.add(line(
                        manifest,
                        RunLine.Outcome.EVICTED,
                        REASON,
                        grave.tombstone().evidence()));
            } else {
                tombstones.remove(grave.tombstone());
                lines.add(line(
                        manifest,
                        RunLine.Outcome.FAILED,
                        "ECR refused",
                        List.of(deletion.failures().getOrDefault(manifest.digest(), "without a reason"))));
            }
        }
        publish(events);
        return lines;
    }

    /** What is gone is gone: that nobody hears of it must not keep the run from recording it. */
    private void publish(List<OwnEvent> events) {
        try {
            bus.publish(events);
        } catch (RuntimeException e) {
            System.out.println("nobody was told of " + events.size() + " evictions: " + e);
        }
    }

    private Tombstone tombstone(Run run, Manifest manifest, List<String> evidence) {
        List<Platform> platforms = records.manifest(manifest.repository(), manifest.digest())
                .map(StoredManifest::platforms)
                .map(known -> known.stream().sorted().toList())
                .orElse(List.of());
        return new Tombstone(
                manifest.repository(),
                manifest.digest(),
                KeepTag.without(manifest.tags()),
                platforms,
                manifest.sizeBytes(),
                clock.instant(),
                REASON,
                evidence,
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
                clock.instant());
    }

    static RunLine line(Manifest manifest, RunLine.Outcome outcome, String reason, List<String> evidence) {
        return new RunLine(
                manifest.repository(),
                manifest.digest(),
                manifest.tags(),
                manifest.sizeBytes(),
                outcome,
                reason,
                evidence);
    }
}
