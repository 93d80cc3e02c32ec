package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CachedManifest;
import dev.larder.functions.ecr.ImageCache;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.StoredManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what indexes list: from the table, and for those that it does not have, from ECR, once. An index that cannot be
 * read stays unknown, which keeps it and whatever it may list; the others are read all the same.
 */
final class Children {
    /** As many as ECR takes in one call: what one has brought is remembered, though the next fails. */
    private static final int TOGETHER = 100;

    private final ImageCache cache;
    private final ImageRecords records;

    Children(ImageCache cache, ImageRecords records) {
        this.cache = cache;
        this.records = records;
    }

    /** The manifests, with what indexes list filled in. */
    List<Manifest> fill(RepositoryName repository, List<Manifest> manifests, RepositoryRecords known) {
        Map<Digest, Set<Digest>> children = new HashMap<>();
        known.manifests().forEach((digest, manifest) -> {
            if (!manifest.children().isEmpty()) {
                children.put(digest, manifest.children());
            }
        });
        List<Digest> unread = manifests.stream()
                .filter(manifest -> manifest.children().isEmpty())
                .map(Manifest::digest)
                .filter(digest -> !children.containsKey(digest))
                .toList();
        for (int from = 0; from < unread.size(); from += TOGETHER) {
            read(repository, unread.subList(from, Math.min(unread.size(), from + TOGETHER)))
                    .forEach((digest, index) -> children.put(digest, remember(repository, index)));
        }
        return manifests.stream()
                .map(manifest -> manifest.children().isPresent()
                        ? manifest
                        : manifest.withChildren(Optional.ofNullable(children.get(manifest.digest()))))
                .toList();
    }

    private Map<Digest, CachedManifest> read(RepositoryName repository, List<Digest> unread) {
        try {
            return cache.readable(repository, unread);
        } catch (CacheException e) {
            System.out.println(repository + ": " + unread.size() + " indexes stay unread: " + e.getMessage());
            return Map.of();
        }
    }

    private Set<Digest> remember(RepositoryName repository, CachedManifest index) {
        Set<Digest> children =
                index.children().stream().map(CachedManifest.Child::digest).collect(Collectors.toSet());
        records.describe(new StoredManifest(
                new Digested(repository, index.digest()),
                Optional.of(index.mediaType()),
                children,
                index.children().stream()
                        .flatMap(child -> child.platform().stream())
                        .collect(Collectors.toSet()),
                OptionalLong.empty(),
                Optional.empty()));
        records.lists(new Digested(repository, index.digest()), index.platforms());
        return children;
    }
}
