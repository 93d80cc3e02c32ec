package dev.larder.functions.registry;

import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

    private final Function<Tagged, Optional<Digest>> published;

    /** @param published what a tag points at */
    public FakeUpstreams(Function<Tagged, Optional<Digest>> published) {
        this.published = published;
    }

    @Override
    public Looked<Digest> digest(Upstream upstream, Tagged image) {
        looks.add(image.tag().value());
        Looked<Digest> answer = refusal.or(() -> published
                        .apply(image)
                        .map(digest -> Optional.<Failure>empty())
                        .orElseGet(() -> Optional.of(Failure.classify("MANIFEST_UNKNOWN", "manifest unknown"))))
                .<Looked<Digest>>map(failure -> new Looked.Refused<>(failure, 1, Optional.empty()))
                .orElseGet(() -> new Looked.Found<>(published.apply(image).orElseThrow(), 1, Optional.empty()));
        beforeArrival.run();
        return answer;
    }

    @Override
    public Looked<Digest> digest(Upstream upstream, Digested image) {
        looks.add(image.digest().value());
        Optional<Failure> failure = refusal.or(() -> held.contains(image.digest())
                ? Optional.empty()
                : Optional.of(Failure.classify("MANIFEST_UNKNOWN", "manifest unknown")));
        return failure.<Looked<Digest>>map(found -> new Looked.Refused<>(found, 1, Optional.empty()))
                .orElseGet(() -> new Looked.Found<>(image.digest(), 1, Optional.empty()));
    }

    @Override
    public Looked<TagList> tags(Upstream upstream, RepositoryName repository, Optional<String> version) {
        return new Looked.Found<>(new TagList(Set.of(), Optional.empty()), 1, Optional.empty());
    }
}
