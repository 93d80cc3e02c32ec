package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CacheException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes groups, some at a time: tombstones first, then another look, since a pull in between wins, then wave by wave. A
 * kill at any point leaves either the image or its tombstone, or both, never neither.
 */
final class Evictor {
    /** Identifiers in one call (ECR's API model); a group with more goes alone. */
    private static final int TOGETHER = 100;

    private static final String CHANGED = "changed in between";

    private final LifecyclePorts ports;
    private final RepositoryReading reading;
    private final boolean enforce;
    private final Burials burials;

    /** @param enforce whether the settings let sweeps delete now: a run may have started under others */
    Evictor(LifecyclePorts ports, RepositoryReading reading, boolean enforce) {
        this.ports = ports;
        this.reading = reading;
        this.enforce = enforce;
        this.burials = new Burials(ports);
    }

    /**
     * Deletes, and writes down what came of each manifest.
     *
     * @param tried what an earlier try may have deleted
     * @return why it stopped before its end; absent when it did not
     */
    Optional<String> evict(Run run, int piece, List<Doomed> doomed, Set<Digest> tried) {
        Optional<String> stopped = Optional.empty();
        for (List<Doomed> pack : packs(doomed)) {
            stopped = stopped.or(() -> stop(run));
            List<RunLine> lines = stopped.isPresent()
                    ? burials.stay(run, piece, manifests(pack), Burials.SWITCHED_OFF, stopped.get())
                    : evictPack(run, piece, pack, tried);
            stopped = stopped.or(() -> lines.stream()
                    .filter(line -> line.reason().equals(Burials.SWITCHED_OFF))
                    .map(line -> line.evidence().getFirst())
                    .findFirst());
        }
        return stopped;
    }

    /** Finishes what an earlier try deleted and died over. */
    void finish(Run run, List<RunLine> gone) {
        burials.finish(run, gone);
    }

    /** Of what an earlier try wrote down as going: what it may have deleted, as its tombstone was set already. */
    Set<Digest> tried(Run run, List<RunLine> unfinished) {
        return unfinished.stream()
                .filter(line -> ports.tombstones()
                        .get(line.repository(), line.digest(), run.id())
                        .isPresent())
                .map(RunLine::digest)
                .collect(Collectors.toSet());
    }

    /** Takes back what an earlier try prepared for images that stay after all. */
    void spare(Run run, int piece, List<Manifest> manifests) {
        burials.stay(run, piece, manifests, CHANGED, "an earlier try would have let it go");
    }

    /** Why nothing may be deleted now; read before each call that deletes. */
    private Optional<String> stop(Run run) {
        return ports.killSwitch()
                .off()
                .or(() -> enforce ? Optional.empty() : Optional.of("lifecycle.enforce is false by now"))
                .or(() -> over(run));
    }

    /** A run that was given up deletes nothing any more: the next one may be at work. */
    private Optional<String> over(Run run) {
        return ports.runs()
                .get(run.id(), run.startedAt())
                .filter(now -> now.phase() == Run.Phase.DONE)
                .map(now -> "the sweep is over: " + now.stopped().orElse("it has ended"));
    }

    private static List<List<Doomed>> packs(List<Doomed> doomed) {
        List<List<Doomed>> packs = new ArrayList<>();
        int images = TOGETHER;
        for (Doomed going : doomed) {
            int more = going.group().images();
            if (images + more > TOGETHER) {
                packs.add(new ArrayList<>());
                images = 0;
            }
            packs.getLast().add(going);
            images += more;
        }
        return packs;
    }

    private List<RunLine> evictPack(Run run, int piece, List<Doomed> pack, Set<Digest> tried) {
        burials.prepare(run, pack);
        List<RunLine> lines = new ArrayList<>();
        List<Doomed> going = new ArrayList<>();
        try {
            Instant then = ports.clock().instant();
            RepositoryState fresh = again(pack);
            Set<Digest> found = byDigest(fresh).keySet();
            List<Doomed> there = new ArrayList<>();
            for (Doomed doomed : pack) {
                lines.addAll(burials.gone(run, doomed.linesWithout(found, piece), tried));
                doomed.only(found).ifPresent(there::add);
            }
            Map<Digest, String> changed = changed(there, fresh, then);
            for (Doomed doomed : there) {
                Optional<String> seen = doomed.group().manifests().stream()
                        .flatMap(manifest -> Optional.ofNullable(changed.get(manifest.digest())).stream())
                        .findFirst();
                seen.ifPresentOrElse(
                        why -> lines.addAll(
                                burials.stay(run, piece, doomed.group().manifests(), CHANGED, why)),
                        () -> going.add(doomed));
            }
            lines.addAll(burials.bury(run, piece, going, () -> stop(run)));
        } catch (CacheException e) {
            // some may be gone: their tombstones stay, and the message comes again and tells which
            System.out.println(pack.getFirst().group().repository() + ": " + e.getMessage());
            throw e;
        }
        return lines;
    }

    private static List<Manifest> manifests(List<Doomed> pack) {
        return pack.stream()
                .flatMap(doomed -> doomed.group().manifests().stream())
                .toList();
    }

    private RepositoryState again(List<Doomed> pack) {
        return reading.again(
                pack.getFirst().group().repository(),
                manifests(pack),
                ports.inUse().now());
    }

    private static Map<Digest, Manifest> byDigest(RepositoryState state) {
        return state.manifests().stream().collect(Collectors.toMap(Manifest::digest, manifest -> manifest));
    }

    /** What has changed since the plan of what is still there, by the digest of what it keeps. */
    private Map<Digest, String> changed(List<Doomed> pack, RepositoryState fresh, Instant then) {
        Map<Digest, Manifest> now = byDigest(fresh);
        List<Manifest> before = manifests(pack);
        Map<Digest, String> changed = new HashMap<>();
        for (Manifest manifest : before) {
            Manifest found = Objects.requireNonNull(now.get(manifest.digest()));
            if (!found.tags().equals(manifest.tags())) {
                changed.put(manifest.digest(), manifest.digest() + " has the tags " + found.tags() + " now");
            } else {
                beingWarmed(found).ifPresent(why -> changed.put(manifest.digest(), why));
            }
        }
        for (Doomed doomed : pack) {
            keptNow(doomed, fresh, then)
                    .forEach((digest, keep) -> changed.putIfAbsent(digest, digest + ": " + keep.detail()));
        }
        return changed;
    }

    private static Map<Digest, Verdict.Keep> keptNow(Doomed doomed, RepositoryState fresh, Instant then) {
        Map<Digest, Manifest> now = byDigest(fresh);
        List<Manifest> members = new ArrayList<>();
        for (Manifest before : doomed.group().manifests()) {
            Manifest found = Objects.requireNonNull(now.get(before.digest()));
            members.add(found.withChildren(before.children()));
        }
        return doomed.plan().keptNow(fresh.withManifests(members), then);
    }

    /** A warm order that is being carried out counts on what is there: it would tell of an image that is gone. */
    private Optional<String> beingWarmed(Manifest manifest) {
        Stream<ImageReference> tags =
                KeepTag.without(manifest.tags()).stream().map(tag -> new Tagged(manifest.repository(), tag));
        return Stream.concat(tags, Stream.of(new Digested(manifest.repository(), manifest.digest())))
                .filter(image -> ports.leases().heldAt(image, ports.clock().instant()))
                .map(image -> image + " is being warmed")
                .findFirst();
    }
}
