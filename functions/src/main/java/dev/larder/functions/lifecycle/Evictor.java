package dev.larder.functions.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.ecr.CacheException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Deletes groups, some at a time: tombstones first, then another look, since a pull in between wins, then wave by wave. A
 * kill at any point leaves either the image or its tombstone, or both, never neither.
 */
final class Evictor {
    /** Identifiers in one call (ECR's API model); a group with more goes alone. */
    private static final int TOGETHER = 100;

    private final LifecyclePorts ports;
    private final RepositoryReading reading;
    private final Burials burials;

    Evictor(LifecyclePorts ports, RepositoryReading reading) {
        this.ports = ports;
        this.reading = reading;
        this.burials = new Burials(ports);
    }

    /**
     * Deletes, and writes down what came of each manifest.
     *
     * @return why it stopped before its end; absent when it did not
     */
    Optional<String> evict(Run run, int piece, List<Doomed> doomed, List<InUse> inUse) {
        Optional<String> stopped = Optional.empty();
        for (List<Doomed> pack : packs(doomed)) {
            stopped = stopped.or(() -> ports.killSwitch().off()).or(() -> over(run));
            if (stopped.isPresent()) {
                ports.runs().add(run, burials.stay(run, piece, pack, "switched off", stopped.get()));
            } else {
                ports.runs().add(run, evictPack(run, piece, pack, inUse));
            }
        }
        return stopped;
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

    private List<RunLine> evictPack(Run run, int piece, List<Doomed> pack, List<InUse> inUse) {
        burials.prepare(run, pack);
        List<RunLine> lines = new ArrayList<>();
        List<Doomed> going = new ArrayList<>();
        try {
            Map<Digest, String> changed = changed(pack, inUse);
            for (Doomed doomed : pack) {
                Optional<String> seen = doomed.group().manifests().stream()
                        .flatMap(manifest -> Optional.ofNullable(changed.get(manifest.digest())).stream())
                        .findFirst();
                seen.ifPresentOrElse(
                        why -> lines.addAll(burials.stay(run, piece, List.of(doomed), "changed in between", why)),
                        () -> going.add(doomed));
            }
            lines.addAll(burials.bury(run, piece, going));
        } catch (CacheException e) {
            // some may be gone: their tombstones stay, and the message comes again and tells which
            System.out.println(pack.getFirst().group().repository() + ": " + e.getMessage());
            throw e;
        }
        return lines;
    }

    /** What has changed since the plan, by the digest of what it keeps. */
    private Map<Digest, String> changed(List<Doomed> pack, List<InUse> inUse) {
        List<Manifest> before = pack.stream()
                .flatMap(doomed -> doomed.group().manifests().stream())
                .toList();
        Instant then = ports.clock().instant();
        RepositoryState fresh = reading.again(pack.getFirst().group().repository(), before, inUse);
        Map<Digest, Manifest> now =
                fresh.manifests().stream().collect(Collectors.toMap(Manifest::digest, manifest -> manifest));
        Map<Digest, String> changed = new HashMap<>();
        for (Manifest manifest : before) {
            Manifest found = now.get(manifest.digest());
            if (found != null && !found.tags().equals(manifest.tags())) {
                changed.put(manifest.digest(), manifest.digest() + " has the tags " + found.tags() + " now");
            } else if (found != null) {
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
        Map<Digest, Manifest> now = new HashMap<>();
        fresh.manifests().forEach(manifest -> now.put(manifest.digest(), manifest));
        List<Manifest> members = new ArrayList<>();
        for (Manifest before : doomed.group().manifests()) {
            Manifest found = now.get(before.digest());
            if (found != null) {
                members.add(found.withChildren(before.children()));
            }
        }
        return doomed.plan()
                .keptNow(
                        new RepositoryState(
                                fresh.repository(),
                                members,
                                fresh.uses(),
                                fresh.completeSince(),
                                fresh.inUse(),
                                fresh.supersededAt(),
                                fresh.tariff()),
                        then);
    }

    /** A warm order that is being carried out counts on what is there: it would tell of an image that is gone. */
    private Optional<String> beingWarmed(Manifest manifest) {
        return KeepTag.without(manifest.tags()).stream()
                .map(tag -> new Tagged(manifest.repository(), tag))
                .filter(image -> ports.leases().heldAt(image, ports.clock().instant()))
                .map(image -> image + " is being warmed")
                .findFirst();
    }
}
