package dev.larder.cli;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheInventory;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The images of the cache by ECR's own time of their last pull: all there is without a trail. */
record EcrPulls(CacheInventory inventory, Predicate<RepositoryName> cached) {
    /** An image that ECR saw pulled. */
    record Seen(Manifest manifest, Instant at) {
        /** All tags, or the digest of an image without any. */
        String image() {
            return manifest.tags().isEmpty()
                    ? manifest.name()
                    : manifest.repository() + ":"
                            + manifest.tags().stream().map(Object::toString).collect(Collectors.joining(","));
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("image", manifest.name());
            fields.put("tags", manifest.tags().stream().map(Object::toString).toList());
            fields.put("ecrLastPulledAt", at.toString());
            fields.put("witness", "ecr");
            return fields;
        }
    }

    /**
     * Those that were pulled last, the last first; ties by name. Reads every repository's images; those in ECR's archive
     * are in no cache.
     */
    List<Seen> last(int count) {
        return inventory
                .repositories()
                .map(CacheInventory.Repository::name)
                .filter(cached)
                .flatMap(repository -> inventory.manifests(repository).stream())
                .filter(manifest -> !manifest.archived())
                .flatMap(manifest -> manifest.recordedPullAt().map(at -> new Seen(manifest, at)).stream())
                .sorted(Comparator.comparing(Seen::at).reversed().thenComparing(Seen::image))
                .limit(count)
                .toList();
    }

    static TextTable table(List<Seen> images, Instant now) {
        TextTable table = new TextTable("IMAGE", "LAST PULL BY ECR");
        images.forEach(seen -> table.row(seen.image(), Ages.of(Optional.of(seen.at()), now)));
        return table;
    }
}
