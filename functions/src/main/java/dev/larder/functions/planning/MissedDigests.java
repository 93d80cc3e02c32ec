package dev.larder.functions.planning;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.StoredManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images by digest that users failed to pull and that are not in the cache: ECR refuses the first pull by digest of what it
 * has not got by tag.
 */
record MissedDigests(PlanningPorts ports) {
    /**
     * One of them.
     *
     * @param found whether a tag is known that leads to it, or once did
     * @param why for people
     */
    record Missed(Digested image, WarmReason reason, boolean found, String why) {}

    /** All of them, each repository's together. */
    List<Missed> all() {
        Map<Digested, Long> failed = ports.demands().missed();
        Map<RepositoryName, List<Digested>> byRepository = failed.keySet().stream()
                .sorted(Comparator.comparing(Digested::toString))
                .collect(Collectors.groupingBy(
                        Digested::repository,
                        () -> new TreeMap<>(Comparator.comparing(RepositoryName::value)),
                        Collectors.toList()));
        List<Missed> missed = new ArrayList<>();
        byRepository.forEach((repository, images) -> {
            Tagging tagging = ports.records().tagging(repository);
            Set<Digest> seen = ports.wanted().seen(repository);
            for (Digested image : images) {
                List<Digest> tops = tagging.tops(image.digest());
                if (tops.stream().noneMatch(top -> isCached(repository, top))) {
                    boolean found = tops.stream().anyMatch(seen::contains)
                            || !KeepTag.without(List.copyOf(tagging.everTagsOf(image.digest())))
                                    .isEmpty();
                    missed.add(missed(image, found, failed.getOrDefault(image, 0L)));
                }
            }
        });
        return missed;
    }

    private Missed missed(Digested image, boolean found, long pulls) {
        return ports.wanted().isEvicted(image)
                ? new Missed(image, WarmReason.EVICTED_TOO_EARLY, found, "wanted by digest after it was evicted")
                : new Missed(image, WarmReason.FAILED_PULL, found, pulls + " pulls by digest failed");
    }

    private boolean isCached(RepositoryName repository, Digest digest) {
        return ports.records()
                .manifest(repository, digest)
                .flatMap(StoredManifest::mediaType)
                .isPresent();
    }
}
