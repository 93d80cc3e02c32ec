package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is decided about every manifest of one repository, relatives considered.
 *
 * @param verdicts one for each manifest, in the order of their digests
 */
public record RepositoryPlan(Map<Digest, Manifest> manifests, Map<Digest, Verdict> verdicts) {
    /** Copies the maps. */
    public RepositoryPlan {
        manifests = Collections.unmodifiableMap(new LinkedHashMap<>(manifests));
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    /**
     * Decides.
     *
     * @param manifests all of one repository
     * @param uses what the record says, by digest; what is not in it has {@link Use#NONE}
     */
    public static RepositoryPlan of(
            Collection<Manifest> manifests, Map<Digest, Use> uses, Signals signals, int keepNewest) {
        Map<Digest, Manifest> byDigest = new LinkedHashMap<>();
        manifests.stream()
                .sorted(Comparator.comparing(Manifest::digest))
                .forEach(manifest -> byDigest.put(manifest.digest(), manifest));
        Map<Digest, Verdict> verdicts = new LinkedHashMap<>();
        byDigest.forEach((digest, manifest) ->
                verdicts.put(digest, signals.decide(manifest, uses.getOrDefault(digest, Use.NONE))));
        new Families(keepNewest).keepNewest(byDigest.values(), verdicts);
        new Relatives(byDigest, verdicts).keep();
        return new RepositoryPlan(byDigest, verdicts);
    }

    /**
     * One of the manifests.
     *
     * @throws IllegalArgumentException when it is not in the repository
     */
    public Manifest manifest(Digest digest) {
        Manifest manifest = manifests.get(digest);
        if (manifest == null) {
            throw new IllegalArgumentException("no manifest " + digest + " in this plan");
        }
        return manifest;
    }

    /** Whether it may go. */
    public boolean evicts(Digest digest) {
        return verdicts.get(digest) instanceof Verdict.Evict;
    }

    /** How many manifests are nobody's part: not listed by an index here, and not about another one here. */
    public int tops() {
        Set<Digest> parts = new HashSet<>();
        manifests.values().forEach(manifest -> {
            parts.addAll(manifest.children().orElse(Set.of()));
            manifest.subject().filter(manifests::containsKey).ifPresent(subject -> parts.add(manifest.digest()));
        });
        return (int) manifests.keySet().stream()
                .filter(digest -> !parts.contains(digest))
                .count();
    }
}
