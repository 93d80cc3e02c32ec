package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A pull while its calls are being put together. */
final class OpenPull {
    private final Fetch first;
    private final Set<Digest> followed = new LinkedHashSet<>();
    private Instant time;
    private Outcome outcome;

    OpenPull(Fetch first) {
        this.first = first;
        this.time = first.time();
        this.outcome = first.error().<Outcome>map(Outcome.Failed::new).orElse(Outcome.HIT);
    }

    ImageReference image() {
        return first.image();
    }

    Instant time() {
        return time;
    }

    Outcome outcome() {
        return outcome;
    }

    boolean failed() {
        return outcome instanceof Outcome.Failed;
    }

    boolean throughRegistry() {
        return first.registryClient();
    }

    void mark(Outcome served) {
        outcome = served;
    }

    boolean has(Digest part) {
        return followed.contains(part);
    }

    /** The client fetched a part of it. */
    void follow(Digest part) {
        followed.add(part);
    }

    boolean isFollowed() {
        return !followed.isEmpty();
    }

    /** It began with an earlier call of the same. */
    void since(OpenPull earlier) {
        time = earlier.time;
    }

    CountedPull counted(Tagging tagging) {
        List<Tagged> tags = image() instanceof Digested(var repository, var digest)
                ? tagging.tagsOf(digest, time).stream()
                        .map(tag -> new Tagged(repository, tag))
                        .toList()
                : List.of();
        Optional<Digest> content = switch (image()) {
            case Tagged(var repository, var tag) -> tagging.at(tag, first.time());
            case Digested(var repository, var digest) -> Optional.of(digest);
        };
        Set<Platform> platforms = followed.stream()
                .flatMap(part -> tagging.platformOf(part).stream())
                .collect(Collectors.toSet());
        if (image() instanceof Digested(var repository, var digest)) {
            tagging.platformOf(digest).ifPresent(platforms::add);
        }
        long size = failed() ? 0 : content.map(tagging::sizeOf).orElse(0L);
        return new CountedPull(
                image(), tags, first.caller(), time, content, platforms, outcome, size * Math.max(1, platforms.size()));
    }
}
