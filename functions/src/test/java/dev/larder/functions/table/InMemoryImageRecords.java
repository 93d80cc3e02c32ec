package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** {@link ImageRecords} in maps, held to the same contract test as the table's. */
public final class InMemoryImageRecords implements ImageRecords {
    private final Map<Tagged, TaggedImage> tags = new HashMap<>();
    private final Map<Digested, StoredManifest> manifests = new HashMap<>();
    private final Map<Tagged, Instant> coldPulls = new HashMap<>();

    @Override
    public Optional<TaggedImage> tagged(Tagged image) {
        return Optional.ofNullable(tags.get(image));
    }

    @Override
    public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) {
        return Optional.ofNullable(manifests.get(new Digested(repository, digest)));
    }

    @Override
    public RepositoryRecords repository(RepositoryName repository) {
        return new RepositoryRecords(
                repository,
                tags.values().stream()
                        .filter(tag -> tag.image().repository().equals(repository))
                        .collect(Collectors.toMap(tag -> tag.image().tag(), tag -> tag)),
                manifests.values().stream()
                        .filter(manifest -> manifest.image().repository().equals(repository))
                        .collect(Collectors.toMap(manifest -> manifest.image().digest(), manifest -> manifest)));
    }

    @Override
    public List<TaggedImage> popular(String prefix, int top) {
        return tags.values().stream()
                .filter(tag -> tag.popularity().isPresent())
                .filter(tag -> tag.image().repository().value().startsWith(prefix + "/"))
                .sorted(Comparator.comparingDouble(
                        (TaggedImage tag) -> -tag.popularity().getAsDouble()))
                .limit(top)
                .toList();
    }

    @Override
    public void imported(Tagged image, Digest digest, Instant at) {
        change(image, tag -> {
            if (tag.checkedAt().filter(at::isBefore).isPresent()) {
                return tag;
            }
            boolean same = tag.digest().filter(digest::equals).isPresent();
            return new TaggedImage(
                    image,
                    Optional.of(digest),
                    same ? tag.importedAt() : Optional.of(at),
                    Optional.of(at),
                    tag.warmedAt(),
                    tag.lastPulledAt(),
                    tag.pulls(),
                    tag.coldPulls(),
                    tag.popularity());
        });
    }

    @Override
    public void warmed(Tagged image, Instant at) {
        change(
                image,
                tag -> new TaggedImage(
                        image,
                        tag.digest(),
                        tag.importedAt(),
                        tag.checkedAt(),
                        Optional.of(later(tag.warmedAt(), at)),
                        tag.lastPulledAt(),
                        tag.pulls(),
                        tag.coldPulls(),
                        tag.popularity()));
    }

    @Override
    public void describe(StoredManifest manifest) {
        StoredManifest old = stored(manifest.image());
        manifests.put(
                manifest.image(),
                new StoredManifest(
                        manifest.image(),
                        manifest.mediaType().or(old::mediaType),
                        manifest.children().isEmpty() ? old.children() : manifest.children(),
                        manifest.platforms().isEmpty() ? old.platforms() : manifest.platforms(),
                        manifest.sizeBytes().isPresent() ? manifest.sizeBytes() : old.sizeBytes(),
                        old.lastPulledAt()));
    }

    @Override
    public void pulled(ImageReference image, Instant at) {
        switch (image) {
            case Tagged tagged ->
                usage(
                        tagged,
                        at,
                        this.tagged(tagged).map(TaggedImage::pulls).orElse(0L),
                        this.tagged(tagged).map(TaggedImage::popularity).orElse(OptionalDouble.empty()));
            case Digested digested -> {
                StoredManifest old = stored(digested);
                manifests.put(
                        digested,
                        new StoredManifest(
                                digested,
                                old.mediaType(),
                                old.children(),
                                old.platforms(),
                                old.sizeBytes(),
                                Optional.of(later(old.lastPulledAt(), at))));
            }
        }
    }

    /** Sets what the usage record writes: last pull, running count, popularity. */
    public void usage(Tagged image, Instant lastPulledAt, long pulls, OptionalDouble popularity) {
        change(
                image,
                tag -> new TaggedImage(
                        image,
                        tag.digest(),
                        tag.importedAt(),
                        tag.checkedAt(),
                        tag.warmedAt(),
                        Optional.of(later(tag.lastPulledAt(), lastPulledAt)),
                        pulls,
                        tag.coldPulls(),
                        popularity));
    }

    @Override
    public void coldPulled(Tagged image, Instant at) {
        Instant last = coldPulls.get(image);
        if (last != null && !last.isBefore(at)) {
            return;
        }
        coldPulls.put(image, at);
        change(
                image,
                tag -> new TaggedImage(
                        image,
                        tag.digest(),
                        tag.importedAt(),
                        tag.checkedAt(),
                        tag.warmedAt(),
                        tag.lastPulledAt(),
                        tag.pulls(),
                        tag.coldPulls() + 1,
                        tag.popularity()));
    }

    @Override
    public void forget(ImageReference image) {
        switch (image) {
            case Tagged tagged ->
                tags.computeIfPresent(
                        tagged,
                        (key, tag) -> new TaggedImage(
                                tagged,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                tag.lastPulledAt(),
                                tag.pulls(),
                                tag.coldPulls(),
                                tag.popularity()));
            case Digested digested -> manifests.remove(digested);
        }
    }

    private void change(Tagged image, UnaryOperator<TaggedImage> change) {
        tags.put(
                image,
                change.apply(tags.getOrDefault(
                        image,
                        new TaggedImage(
                                image,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                0,
                                OptionalDouble.empty()))));
    }

    private StoredManifest stored(Digested image) {
        return manifests.getOrDefault(
                image,
                new StoredManifest(
                        image, Optional.empty(), Set.of(), Set.of(), OptionalLong.empty(), Optional.empty()));
    }

    private static Instant later(Optional<Instant> one, Instant other) {
        return one.filter(other::isBefore).orElse(other);
    }
}
