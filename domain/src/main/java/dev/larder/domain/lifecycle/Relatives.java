package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Spreads "stays" along the relations of a repository's manifests until nothing changes: from an index to what it lists,
 * between a subject and its referrers both ways, and from a manifest that is in use to the indexes that
 * list it, when none of them stays by itself.
 * Verdicts only turn from evict to keep, so that it ends, whatever cycles there are.
 */
final class Relatives {
    private final Map<Digest, Manifest> manifests;
    private final Map<Digest, Verdict> verdicts;
    private final Map<Digest, Set<Digest>> parents = new HashMap<>();
    private final Set<Digest> keptOnTheirOwn = new HashSet<>();

    Relatives(Map<Digest, Manifest> manifests, Map<Digest, Verdict> verdicts) {
        this.manifests = manifests;
        this.verdicts = verdicts;
        manifests.forEach((digest, manifest) -> manifest.children().orElse(Set.of()).stream()
                .filter(manifests::containsKey)
                .forEach(child ->
                        parents.computeIfAbsent(child, c -> new HashSet<>()).add(digest)));
    }

    void keep() {
        verdicts.forEach((digest, verdict) -> {
            if (verdict instanceof Verdict.Keep) {
                keptOnTheirOwn.add(digest);
            }
        });
        keepWhatAnUnreadIndexMayList();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Manifest manifest : manifests.values()) {
                changed |= stays(manifest.digest()) ? spreadFrom(manifest) : joinsSubject(manifest);
            }
            changed = changed || keepIndexesOfChildrenInUse();
        }
    }

    private void keepWhatAnUnreadIndexMayList() {
        boolean unread = manifests.values().stream()
                .anyMatch(manifest -> manifest.children().isEmpty() || !manifest.isKnownKind());
        if (unread) {
            for (Manifest manifest : manifests.values()) {
                if (manifest.tags().isEmpty()) {
                    keep(manifest.digest(), Guard.MAYBE_LISTED, "a manifest of the repository could not be read");
                }
            }
        }
    }

    private boolean spreadFrom(Manifest staying) {
        boolean changed = false;
        for (Digest child : staying.children().orElse(Set.of())) {
            changed |= keep(child, Guard.LISTED, "listed by " + staying.digest() + ", which stays");
        }
        if (staying.subject().isPresent()) {
            changed |=
                    keep(staying.subject().get(), Guard.REFERRER_STAYS, "its referrer " + staying.digest() + " stays");
        }
        return changed;
    }

    private boolean joinsSubject(Manifest referrer) {
        return referrer.subject()
                .filter(subject -> manifests.containsKey(subject) && stays(subject))
                .map(subject -> keep(referrer.digest(), Guard.SUBJECT_STAYS, "its subject " + subject + " stays"))
                .orElse(false);
    }

    private boolean keepIndexesOfChildrenInUse() {
        for (Map.Entry<Digest, Set<Digest>> entry : parents.entrySet()) {
            Digest child = entry.getKey();
            if (keptOnTheirOwn.contains(child) && entry.getValue().stream().noneMatch(this::stays)) {
                entry.getValue()
                        .forEach(parent -> keep(parent, Guard.CHILD_IN_USE, "it lists " + child + ", which stays"));
                return true;
            }
        }
        return false;
    }

    private boolean stays(Digest digest) {
        return verdicts.get(digest) instanceof Verdict.Keep;
    }

    private boolean keep(Digest digest, Guard guard, String detail) {
        if (!(verdicts.get(digest) instanceof Verdict.Evict)) {
            return false;
        }
        verdicts.put(digest, new Verdict.Keep(guard, detail));
        return true;
    }
}
