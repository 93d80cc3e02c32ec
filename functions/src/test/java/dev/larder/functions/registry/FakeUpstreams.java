package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.ReportedLimit;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.CachedManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Upstreams that answer from what a test published, and remember what they were asked. */
public final class FakeUpstreams implements UpstreamRegistries {
    /** The tags that were asked for, in order. */
    public final List<String> looks = new ArrayList<>();

    /** What can be had by digest. */
    public final Set<Digest> held = new HashSet<>();

    /** What they answer instead of a digest. */
    public Optional<Failure> refusal = Optional.empty();

    /** Runs after an answer was made up and before it arrives. */
    public Runnable beforeArrival = () -> {};

    /** How many requests each answer to what a tag points at takes. */
    public int requests = 1;

    /** Whether they tell how large a manifest is. */
    public boolean tellsSize = true;

    /** What they report of their limit with an answer to what a tag points at. */
    public Supplier<Optional<ReportedLimit>> limit = Optional::empty;

    private final Function<Tagged, Optional<Digest>> published;
    private final Function<Digest, CachedManifest> contents;

    /**
     * With these.
     *
     * @param published what a tag points at
     * @param contents of a manifest
     */
    public FakeUpstreams(Function<Tagged, Optional<Digest>> published, Function<Digest, CachedManifest> contents) {
        this.published = published;
        this.contents = contents;
    }

    @Override
    public Looked<UpstreamManifest> manifest(Upstream upstream, Tagged image) {
        looks.add(image.tag().value());
        Looked<UpstreamManifest> answer = refusal.or(() -> published
                        .apply(image)
                        .map(digest -> Optional.<Failure>empty())
                        .orElseGet(() -> Optional.of(Failure.classify("MANIFEST_UNKNOWN", "manifest unknown"))))
                .<Looked<UpstreamManifest>>map(failure -> new Looked.Refused<>(failure, 1, Optional.empty()))
                .orElseGet(() -> new Looked.Found<>(told(published.apply(image).orElseThrow()), requests, limit.get()));
        beforeArrival.run();
        return answer;
    }

    /** As large as descriptors with platforms usually are. */
    private UpstreamManifest told(Digest digest) {
        CachedManifest manifest = contents.apply(digest);
        return new UpstreamManifest(
                digest,
                Optional.of(manifest.mediaType()),
                tellsSize ? OptionalLong.of(100 + 300L * manifest.children().size()) : OptionalLong.empty());
    }

    @Override
    public Looked<ImportCounts> counts(Upstream upstream, Digested image) {
        looks.add("GET " + image.digest());
        CachedManifest manifest = contents.apply(image.digest());
        return new Looked.Found<>(
                new ImportCounts(
                        manifest.children().stream()
                                .map(CachedManifest.Child::digest)
                                .toList(),
                        manifest.blobs().stream()
                                .map(CachedManifest.Blob::digest)
                                .collect(Collectors.toSet())),
                1,
                Optional.empty());
    }

    @Override
    public Looked<Digest> digest(Upstream upstream, Digested image) {
        looks.add(image.digest().value());
        beforeArrival.run();
        Optional<Failure> failure = refusal.or(() -> held.contains(image.digest())
                ? Optional.empty()
                : Optional.of(Failure.classify("MANIFEST_UNKNOWN", "manifest unknown")));
        return failure.<Looked<Digest>>map(found -> new Looked.Refused<>(found, 1, Optional.empty()))
                .orElseGet(() -> new Looked.Found<>(image.digest(), 1, Optional.empty()));
    }

    @Override
    public Looked<TagListing> tags(Upstream upstream, RepositoryName repository, TagListing before) {
        before.add(Set.of(), Optional.empty(), Optional.empty());
        return new Looked.Found<>(before, 1, Optional.empty());
    }
}
