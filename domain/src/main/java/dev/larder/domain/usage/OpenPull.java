package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pull while its calls are being put together. */
final class OpenPull {
    /** By time; pulls at the same time always in the same order, whatever else is in view. */
    static final Comparator<OpenPull> ORDER = Comparator.comparing(OpenPull::time)
            .thenComparingLong(pull -> pull.first.event().value())
            .thenComparing(pull -> pull.image().toString());

    private final Fetch first;
    private final Set<Digest> followed = new LinkedHashSet<>();
    private Instant time;
    private Instant served;
    private Outcome outcome;

    OpenPull(Fetch first) {
        this.first = first;
        this.time = first.time();
        this.served = first.time();
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

    void mark(Outcome how) {
        outcome = how;
    }

    /** ECR went upstream for it until then, and may have brought something else than it had. */
    void cold(Instant until) {
        outcome = Outcome.COLD;
        served = until;
    }

    /** The client fetched a part of it. */
    void follow(Digest part) {
        followed.add(part);
    }

    /** Whether the client fetched that part. */
    boolean has(Digest part) {
        return followed.contains(part);
    }

    /** The parts that the client fetched. */
    Set<Digest> followed() {
        return Collections.unmodifiableSet(followed);
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
            case Tagged(var repository, var tag) -> got(tag, tagging);
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

    /**
     * What the tag pointed at when it was pulled, and what ECR brought for the pull: that is known when ECR tells of it,
     * and the client may have gone on before.
     */
    Set<Digest> mayHaveGot(Tag tag, Tagging tagging) {
        return tagging.during(tag, first.time(), first.time().plus(Trips.LONGEST));
    }

    /** What the parts belong to; without parts, what the tag pointed at. */
    private Optional<Digest> got(Tag tag, Tagging tagging) {
        Optional<Digest> pointed = tagging.at(tag, served);
        return Stream.concat(pointed.stream(), mayHaveGot(tag, tagging).stream())
                .filter(content -> has(content) || !Collections.disjoint(tagging.childrenOf(content), followed))
                .findFirst()
                .or(() -> pointed);
    }
}
