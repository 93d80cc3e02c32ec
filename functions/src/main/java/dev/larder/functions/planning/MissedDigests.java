package dev.larder.functions.planning;

import static java.util.Objects.requireNonNull;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.StoredManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images by digest that users failed to pull: ECR refuses the first pull by digest of what it has not got by tag. What the
 * record has may be missing as well, when an event that told of its deletion was lost.
 */
record MissedDigests(PlanningPorts ports) {
    /**
     * One of them.
     *
     * @param found whether a tag is known that leads to it, or once did
     * @param recorded whether it is in the cache, as far as the record says
     * @param failed when the last pull failed that none was served after
     * @param why for people
     */
    record Missed(
            Digested image, WarmReason reason, boolean found, boolean recorded, Optional<Instant> failed, String why) {}

    /** Those that are not in the cache, each repository's together. */
    List<Missed> at(Instant now) {
        return all(now).stream().filter(missed -> !missed.recorded()).toList();
    }

    /** The same, and those that the record has. */
    List<Missed> all(Instant now) {
        Map<Digested, Demands.Failed> failed = ports.demands().missed(now);
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
                boolean found = tops.stream().anyMatch(seen::contains)
                        || !KeepTag.without(List.copyOf(tagging.everTagsOf(image.digest())))
                                .isEmpty();
                boolean recorded = tops.stream().anyMatch(top -> isRecorded(repository, top));
                missed.add(missed(image, found, recorded, requireNonNull(failed.get(image))));
            }
        });
        return missed;
    }

    private Missed missed(Digested image, boolean found, boolean recorded, Demands.Failed failed) {
        return ports.wanted().isEvicted(image)
                ? new Missed(
                        image,
                        WarmReason.EVICTED_TOO_EARLY,
                        found,
                        recorded,
                        failed.unserved(),
                        "wanted by digest after it was evicted")
                : new Missed(
                        image,
                        WarmReason.FAILED_PULL,
                        found,
                        recorded,
                        failed.unserved(),
                        failed.pulls() + " pulls by digest failed");
    }

    private boolean isRecorded(RepositoryName repository, Digest digest) {
        return ports.records()
                .manifest(repository, digest)
                .flatMap(StoredManifest::mediaType)
                .isPresent();
    }
}
