package dev.larder.functions.usage;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Use;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * When each manifest was last used or warmed: by its digest, and by any tag that ECR or the record gives it. The record of days that
 * are closed is on the images; what is not closed yet is in the usage log.
 */
public final class LastUses {
    private final ImageRecords records;
    private final LatestFetches fetches;

    /** Takes the record of closed days, and the log of the others. */
    public LastUses(ImageRecords records, LatestFetches fetches) {
        this.records = records;
        this.fetches = fetches;
    }

    /** The last use of each manifest; what is known of the repository is passed in. */
    public Map<Digest, Use> of(List<Manifest> manifests, RepositoryRecords known) {
        Map<ImageReference, Instant> open = fetches.of(known.repository());
        Map<Digest, Instant> contents = contents(known, open);
        Map<Digest, List<TaggedImage>> byDigest = new HashMap<>();
        for (TaggedImage tag : known.tags().values()) {
            tag.digest()
                    .ifPresent(digest -> byDigest.computeIfAbsent(digest, any -> new ArrayList<>())
                            .add(tag));
        }
        Map<Digest, Use> uses = HashMap.newHashMap(manifests.size());
        for (Manifest manifest : manifests) {
            List<TaggedImage> tags = tagsOf(manifest, byDigest.getOrDefault(manifest.digest(), List.of()), known);
            uses.put(
                    manifest.digest(),
                    new Use(
                            pulledAt(manifest, tags, known, open, contents),
                            later(latest(tags, TaggedImage::warmedAt), warmedByDigest(manifest, known)),
                            latest(tags, TaggedImage::importedAt)));
        }
        return uses;
    }

    /** An order by digest leaves its mark on the digest, and on no tag. */
    private static Optional<Instant> warmedByDigest(Manifest manifest, RepositoryRecords known) {
        return Optional.ofNullable(known.manifests().get(manifest.digest())).flatMap(StoredManifest::warmedAt);
    }

    /** Those that point at it by the record, and those that point at it in ECR. */
    private static List<TaggedImage> tagsOf(Manifest manifest, List<TaggedImage> recorded, RepositoryRecords known) {
        List<TaggedImage> tags = new ArrayList<>(recorded);
        for (Tag tag : manifest.tags()) {
            TaggedImage image = known.tags().get(tag);
            if (image != null
                    && image.digest().filter(manifest.digest()::equals).isEmpty()) {
                tags.add(image);
            }
        }
        return tags;
    }

    private static Optional<Instant> pulledAt(
            Manifest manifest,
            List<TaggedImage> tags,
            RepositoryRecords known,
            Map<ImageReference, Instant> open,
            Map<Digest, Instant> contents) {
        Optional<Instant> pulled = latest(tags, TaggedImage::lastPulledAt);
        StoredManifest stored = known.manifests().get(manifest.digest());
        pulled = later(pulled, stored == null ? Optional.empty() : stored.lastPulledAt());
        pulled = later(pulled, Optional.ofNullable(contents.get(manifest.digest())));
        if (open.isEmpty()) {
            return pulled;
        }
        for (TaggedImage tag : tags) {
            pulled = later(pulled, Optional.ofNullable(open.get(tag.image())));
        }
        for (Tag tag : manifest.tags()) {
            pulled = later(pulled, Optional.ofNullable(open.get(new Tagged(manifest.repository(), tag))));
        }
        return later(pulled, Optional.ofNullable(open.get(new Digested(manifest.repository(), manifest.digest()))));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(one.get()::isBefore).isPresent() ? other.or(() -> one) : one;
    }

    /** What the tags pointed at when they were pulled, since they may have moved. */
    private Map<Digest, Instant> contents(RepositoryRecords known, Map<ImageReference, Instant> open) {
        Map<Digest, Instant> contents = new HashMap<>();
        if (open.keySet().stream().anyMatch(Tagged.class::isInstance)) {
            Tagging tagging = records.tagging(known.repository());
            open.forEach((image, time) -> {
                if (image instanceof Tagged tagged) {
                    tagging.at(tagged.tag(), time)
                            .ifPresent(digest ->
                                    contents.merge(digest, time, (one, other) -> one.isAfter(other) ? one : other));
                }
            });
        }
        return contents;
    }

    private static Optional<Instant> latest(List<TaggedImage> tags, Function<TaggedImage, Optional<Instant>> time) {
        Optional<Instant> latest = Optional.empty();
        for (TaggedImage tag : tags) {
            latest = later(latest, time.apply(tag));
        }
        return latest;
    }
}
