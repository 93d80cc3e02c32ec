package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Use;
import dev.larder.events.image.Digest;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads off the record when each manifest was last used: by its digest, and by any tag that ECR or the record gives it. */
final class Uses {
    private Uses() {}

    static Map<Digest, Use> of(List<Manifest> manifests, RepositoryRecords records) {
        Map<Digest, Use> uses = new HashMap<>();
        for (Manifest manifest : manifests) {
            List<TaggedImage> tags = records.tags().values().stream()
                    .filter(tag -> manifest.tags().contains(tag.image().tag())
                            || tag.digest().filter(manifest.digest()::equals).isPresent())
                    .toList();
            Optional<Instant> byDigest = Optional.ofNullable(records.manifests().get(manifest.digest()))
                    .flatMap(StoredManifest::lastPulledAt);
            uses.put(
                    manifest.digest(),
                    new Use(
                            latest(latest(tags, TaggedImage::lastPulledAt), byDigest),
                            latest(tags, TaggedImage::warmedAt),
                            latest(tags, TaggedImage::importedAt)));
        }
        return uses;
    }

    private static Optional<Instant> latest(List<TaggedImage> tags, Function<TaggedImage, Optional<Instant>> time) {
        return tags.stream().flatMap(tag -> time.apply(tag).stream()).max(Instant::compareTo);
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(at -> other.filter(at::isBefore).isEmpty()).or(() -> other);
    }
}
