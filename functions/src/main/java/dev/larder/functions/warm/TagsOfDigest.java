package dev.larder.functions.warm;

import dev.larder.domain.image.KeepTag;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tags by way of which an image by digest may be had.
 *
 * @param likely the one that the order names first, then those that pointed at it when they were last seen, then those that ever did
 * @param digests the image's, and those of the indexes that are known to list it: a tag that points at one of them will do
 */
record TagsOfDigest(List<Tag> likely, Set<Digest> digests) {
    TagsOfDigest {
        likely = List.copyOf(likely);
        digests = Set.copyOf(digests);
    }

    static TagsOfDigest of(WarmOrder order, Digested image, Tagging tagging, KnownTags known) {
        Set<Digest> digests = Set.copyOf(tagging.tops(image.digest()));
        Stream<Tag> seen = known.tags().entrySet().stream()
                .filter(entry ->
                        entry.getValue().digest().filter(digests::contains).isPresent())
                .map(Map.Entry::getKey)
                .sorted();
        return new TagsOfDigest(
                KeepTag.without(Stream.of(
                                order.by().stream(),
                                seen,
                                tagging.tagsOf(image.digest(), order.requestedAt()).stream(),
                                tagging.everTagsOf(image.digest()).stream().sorted())
                        .flatMap(tags -> tags)
                        .distinct()
                        .toList()),
                digests);
    }
}
