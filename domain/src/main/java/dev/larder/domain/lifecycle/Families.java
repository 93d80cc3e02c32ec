package dev.larder.domain.lifecycle;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.image.VersionTag;
import dev.larder.events.image.Digest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps the newest versions of each family of tags.
 *
 * @param keepNewest how many of each
 */
record Families(int keepNewest) {
    /** Turns evictions of the newest into keeps. */
    void keepNewest(Collection<Manifest> manifests, Map<Digest, Verdict> verdicts) {
        Map<VersionTag, Digest> digests = new HashMap<>();
        for (Manifest manifest : manifests) {
            KeepTag.without(manifest.tags())
                    .forEach(tag -> VersionTag.of(tag).ifPresent(version -> digests.put(version, manifest.digest())));
        }
        Map<String, List<VersionTag>> families =
                digests.keySet().stream().collect(Collectors.groupingBy(VersionTag::family));
        families.forEach((family, members) -> members.stream()
                .sorted(Comparator.reverseOrder())
                .limit(keepNewest)
                .forEach(newest -> verdicts.computeIfPresent(
                        digests.get(newest), (digest, verdict) -> kept(verdict, family, newest))));
    }

    private Verdict kept(Verdict verdict, String family, VersionTag newest) {
        return switch (verdict) {
            case Verdict.Keep keep -> keep;
            case Verdict.Evict evict ->
                new Verdict.Keep(
                        Guard.NEWEST_OF_FAMILY, newest.tag() + " is among the newest " + keepNewest + " of " + family);
        };
    }
}
