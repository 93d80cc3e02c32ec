package dev.larder.functions.usage;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Use;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When each manifest was last used: by its digest, and by any tag that ECR or the record gives it. The record of days that
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
        Map<Digest, Use> uses = new HashMap<>();
        for (Manifest manifest : manifests) {
            List<TaggedImage> tags = known.tags().values().stream()
                    .filter(tag -> manifest.tags().contains(tag.image().tag())
                            || tag.digest().filter(manifest.digest()::equals).isPresent())
                    .toList();
            Stream<Instant> pulls = Stream.of(
                            tags.stream().flatMap(tag -> tag.lastPulledAt().stream()),
                            Stream.concat(tags.stream().map(TaggedImage::image), tagsOf(manifest))
                                    .flatMap(tag -> Optional.ofNullable(open.get(tag)).stream()),
                            Optional.ofNullable(known.manifests().get(manifest.digest()))
                                    .flatMap(StoredManifest::lastPulledAt)
                                    .stream(),
                            Optional.ofNullable(open.get(new Digested(manifest.repository(), manifest.digest())))
                                    .stream(),
                            Optional.ofNullable(contents.get(manifest.digest())).stream())
                    .flatMap(times -> times);
            uses.put(
                    manifest.digest(),
                    new Use(
                            pulls.max(Instant::compareTo),
                            latest(tags, TaggedImage::warmedAt),
                            latest(tags, TaggedImage::importedAt)));
        }
        return uses;
    }

    private static Stream<Tagged> tagsOf(Manifest manifest) {
        return manifest.tags().stream().map(tag -> new Tagged(manifest.repository(), tag));
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
        return tags.stream().flatMap(tag -> time.apply(tag).stream()).max(Instant::compareTo);
    }
}
