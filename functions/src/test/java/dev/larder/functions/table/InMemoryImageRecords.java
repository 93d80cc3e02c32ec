package dev.larder.functions.table;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link ImageRecords} in maps, held to the same contract test as the table's. */
public final class InMemoryImageRecords implements ImageRecords {
    private final Map<Tagged, TaggedImage> tags = new HashMap<>();
    private final Map<Digested, StoredManifest> manifests = new HashMap<>();
    private final Map<Digested, Map<Digest, Optional<Platform>>> indexes = new HashMap<>();
    private final Map<ImageReference, Warmth> warmths = new HashMap<>();
    private final Map<Tagged, List<Tagging.Move>> moves = new HashMap<>();
    private final Map<Tagged, Instant> checkedBefore = new HashMap<>();
    private final Map<Tagged, Instant> checkFailed = new HashMap<>();

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
        if (tagged(image).flatMap(TaggedImage::digest).filter(digest::equals).isEmpty()) {
            moved(image, Optional.of(digest), at);
        }
        change(image, tag -> {
            if (tag.checkedAt().filter(at::isBefore).isPresent()) {
                return tag;
            }
            boolean same = tag.digest().filter(digest::equals).isPresent();
            boolean again = tag.checkedAt().filter(at::equals).isPresent();
            if (same && (again || isNear(checkFailed.get(image), at))) {
                return tag;
            }
            checkedBefore.remove(image);
            tag.checkedAt().filter(before -> same).ifPresent(before -> checkedBefore.put(image, before));
            return new TaggedImage(
                    image,
                    Optional.of(digest),
                    same ? tag.importedAt() : Optional.of(at),
                    Optional.of(at),
                    tag.warmedAt(),
                    tag.lastPulledAt(),
                    tag.pulls(),
                    tag.coldPulls(),
                    tag.warmFailures(),
                    tag.lastWarmFailureAt(),
                    tag.lastWarmFailureCode(),
                    tag.popularity());
        });
    }

    private static boolean isNear(@Nullable Instant time, Instant at) {
        return time != null && Duration.between(time, at).abs().compareTo(TOLD_WITHIN) <= 0;
    }

    @Override
    public void checkFailed(Tagged image, String why, Instant at) {
        if (tagged(image).flatMap(TaggedImage::digest).isEmpty()) {
            return;
        }
        checkFailed.merge(image, at, (one, other) -> one.isAfter(other) ? one : other);
        Instant before = checkedBefore.get(image);
        boolean near = tagged(image)
                .flatMap(TaggedImage::checkedAt)
                .filter(checked -> isNear(checked, at))
                .isPresent();
        if (before == null || !near) {
            return;
        }
        checkedBefore.remove(image);
        Warmth last = warmth(image);
        warmths.put(
                image,
                new Warmth(
                        image,
                        last.warmedAt(),
                        Optional.of(why),
                        last.failures(),
                        last.lastFailureAt(),
                        last.lastFailureCode(),
                        last.lastFailureReason(),
                        last.checkFailedAt()));
        change(
                image,
                tag -> new TaggedImage(
                        image,
                        tag.digest(),
                        tag.importedAt(),
                        Optional.of(before),
                        tag.warmedAt(),
                        tag.lastPulledAt(),
                        tag.pulls(),
                        tag.coldPulls(),
                        tag.warmFailures(),
                        tag.lastWarmFailureAt(),
                        tag.lastWarmFailureCode(),
                        tag.popularity()));
    }

    @Override
    public Warmth warmth(ImageReference image) {
        Warmth known = warmths.getOrDefault(image, Warmth.none(image));
        return new Warmth(
                image,
                known.warmedAt(),
                known.unverified(),
                known.failures(),
                known.lastFailureAt(),
                known.lastFailureCode(),
                known.lastFailureReason(),
                Optional.ofNullable(checkFailed.get(image)));
    }

    @Override
    public void warmed(ImageReference image, Optional<String> unverified, Instant at) {
        if (warmth(image).warmedAt().filter(last -> !last.isBefore(at)).isEmpty()) {
            warming(new Warmth(
                    image,
                    Optional.of(at),
                    unverified,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    @Override
    public void warmFailed(ImageReference image, Failure failure, Instant at) {
        Warmth before = warmth(image);
        if (Stream.of(before.warmedAt(), before.lastFailureAt())
                .flatMap(Optional::stream)
                .allMatch(last -> last.isBefore(at))) {
            warming(new Warmth(
                    image,
                    before.warmedAt(),
                    before.unverified(),
                    failure.kind().lasts() ? before.failures() + 1 : 0,
                    Optional.of(at),
                    Optional.of(failure.code()),
                    Optional.of(failure.reason()),
                    before.checkFailedAt()));
        }
    }

    private void warming(Warmth warmth) {
        warmths.put(warmth.image(), warmth);
        switch (warmth.image()) {
            case Tagged tagged ->
                change(
                        tagged,
                        tag -> new TaggedImage(
                                tag.image(),
                                tag.digest(),
                                tag.importedAt(),
                                tag.checkedAt(),
                                warmth.warmedAt(),
                                tag.lastPulledAt(),
                                tag.pulls(),
                                tag.coldPulls(),
                                warmth.failures(),
                                warmth.lastFailureAt(),
                                warmth.lastFailureCode(),
                                tag.popularity()));
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
                                old.blobs(),
                                old.lastPulledAt(),
                                warmth.warmedAt()));
            }
        }
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
                        manifest.blobs().isPresent() ? manifest.blobs() : old.blobs(),
                        old.lastPulledAt(),
                        old.warmedAt()));
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
                                old.blobs(),
                                Optional.of(later(old.lastPulledAt(), at)),
                                old.warmedAt()));
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
                        tag.warmFailures(),
                        tag.lastWarmFailureAt(),
                        tag.lastWarmFailureCode(),
                        popularity));
    }

    private void moved(Tagged image, Optional<Digest> digest, Instant at) {
        moves.computeIfAbsent(image, tag -> new ArrayList<>()).add(new Tagging.Move(image.tag(), at, digest));
    }

    @Override
    public void lists(Digested index, Map<Digest, Optional<Platform>> children) {
        indexes.put(index, Map.copyOf(children));
    }

    @Override
    public Tagging tagging(RepositoryName repository) {
        Map<Digest, Map<Digest, Optional<Platform>>> listed = new HashMap<>();
        indexes.forEach((index, children) -> {
            if (index.repository().equals(repository)) {
                listed.put(index.digest(), children);
            }
        });
        Map<Digest, Long> sizes = new HashMap<>();
        repository(repository).manifests().forEach((digest, manifest) -> {
            if (!manifest.children().isEmpty()) {
                listed.computeIfAbsent(
                        digest,
                        index -> manifest.children().stream()
                                .collect(Collectors.toMap(child -> child, child -> Optional.empty())));
            }
            manifest.sizeBytes()
                    .ifPresent(size -> sizes.put(
                            digest, size / Math.max(1, manifest.platforms().size())));
        });
        return new Tagging(
                moves.entrySet().stream()
                        .filter(entry -> entry.getKey().repository().equals(repository))
                        .flatMap(entry -> entry.getValue().stream())
                        .toList(),
                listed,
                sizes);
    }

    @Override
    public void forget(Tagged image, Digest deleted, Instant at) {
        boolean same = tagged(image)
                .filter(tag -> tag.digest().filter(deleted::equals).isPresent())
                .filter(tag -> tag.checkedAt().filter(at::isBefore).isEmpty())
                .isPresent();
        if (same) {
            forget(image, at);
        }
    }

    @Override
    public void forget(ImageReference image, Instant at) {
        if (image instanceof Digested digested
                && stored(digested).lastPulledAt().filter(at::isBefore).isPresent()) {
            return;
        }
        Warmth warmth = warmth(image);
        warmths.put(
                image,
                image instanceof Digested
                        ? Warmth.none(image)
                        : new Warmth(
                                image,
                                Optional.empty(),
                                Optional.empty(),
                                warmth.failures(),
                                warmth.lastFailureAt(),
                                warmth.lastFailureCode(),
                                warmth.lastFailureReason(),
                                warmth.checkFailedAt()));
        if (image instanceof Tagged tagged) {
            checkedBefore.remove(tagged);
            checkFailed.remove(tagged);
            moved(tagged, Optional.empty(), at);
        }
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
                                tag.warmFailures(),
                                tag.lastWarmFailureAt(),
                                tag.lastWarmFailureCode(),
                                tag.popularity()));
            case Digested digested -> manifests.remove(digested);
        }
    }

    private void change(Tagged image, UnaryOperator<TaggedImage> change) {
        tags.put(image, change.apply(tags.getOrDefault(image, TaggedImage.unknown(image))));
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
