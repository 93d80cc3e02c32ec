package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who lists whom and who is about whom, said again by brute force, for {@link SafetyList}. */
final class SafetyRelations {
    private final List<Manifest> manifests;
    private final Map<Digest, Set<Digest>> below = new HashMap<>();

    SafetyRelations(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    static boolean lists(Manifest index, Digest digest) {
        return index.children().orElse(Set.of()).contains(digest);
    }

    /** By its content, or by one of its tags. */
    static boolean isAbout(Manifest manifest, Digest digest) {
        return manifest.subject().equals(Optional.of(digest))
                || manifest.tags().stream().anyMatch(tag -> isAbout(manifest, tag.value(), digest));
    }

    static boolean isAbout(Manifest manifest, String tag, Digest digest) {
        String name = digest.value().replace(':', '-');
        return (tag.equals(name) || tag.startsWith(name + "."))
                && !manifest.digest().equals(digest)
                && !lists(manifest, digest);
    }

    /** What is listed by it or about it, over any number of steps; itself only when it is in a circle. */
    Set<Digest> below(Manifest manifest) {
        return below.computeIfAbsent(manifest.digest(), digest -> findBelow(manifest));
    }

    private Set<Digest> findBelow(Manifest manifest) {
        Set<Digest> below = new HashSet<>();
        Set<Digest> last = Set.of(manifest.digest());
        while (!last.isEmpty()) {
            Set<Digest> next = new HashSet<>();
            for (Manifest one : manifests) {
                for (Digest from : last) {
                    if (isAbout(one, from) || listed(from, one.digest())) {
                        next.add(one.digest());
                    }
                }
            }
            next.removeAll(below);
            below.addAll(next);
            last = next;
        }
        return below;
    }

    private boolean listed(Digest index, Digest digest) {
        return manifests.stream().anyMatch(one -> one.digest().equals(index) && lists(one, digest));
    }

    /** Everything that it is related to, over any number of steps. */
    Set<Digest> related(Manifest manifest) {
        Set<Digest> related = new HashSet<>(Set.of(manifest.digest()));
        boolean more = true;
        while (more) {
            more = false;
            for (Manifest one : manifests) {
                Set<Digest> around = new HashSet<>(below(one));
                around.add(one.digest());
                if (around.stream().anyMatch(related::contains)) {
                    more |= related.addAll(around);
                }
            }
        }
        return related;
    }
}
