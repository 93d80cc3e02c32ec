package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.Fact.Sync;
import dev.larder.domain.usage.Tagging.Move;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Facts of calls, and what is known of the images: digests go by names, times by seconds after noon. */
final class Facts {
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    static final Caller NODE =
            new Caller("arn:aws:iam::111122223333:role/eks-node", Optional.of("i-053374f60a4d79830"));

    private final List<Fact> facts = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private final Map<Digest, Map<Digest, Optional<Platform>>> indexes = new HashMap<>();
    private final Map<String, String> names = new TreeMap<>();

    /** The digest of that name. */
    static Digest digest(String name) {
        return new Digest("sha256:" + EventHash.of(name).toString().repeat(4));
    }

    /** A tag, or with @ a digest's name. */
    static ImageReference image(String name) {
        return name.startsWith("@") ? new Digested(NGINX, digest(name.substring(1))) : new Tagged(NGINX, new Tag(name));
    }

    /** Calls through the registry at one second, one for each image. */
    Facts registry(Caller caller, long second, String... images) {
        Arrays.stream(images).forEach(image -> call(caller, second, image, true, Optional.empty()));
        return this;
    }

    /** Calls by an SDK. */
    Facts sdk(Caller caller, long second, String... images) {
        Arrays.stream(images).forEach(image -> call(caller, second, image, false, Optional.empty()));
        return this;
    }

    /** A call that fails. */
    Facts fails(Caller caller, long second, String image, String code) {
        call(caller, second, image, true, Optional.of(code));
        return this;
    }

    /** ECR tells of a trip upstream that succeeded. */
    Facts trip(double second, String tag) {
        sync(second, tag, Optional.empty());
        return this;
    }

    /** ECR tells of a trip upstream that failed. */
    Facts tripFails(double second, String tag, String code) {
        sync(second, tag, Optional.of(code));
        return this;
    }

    /** The tag points there from a second on. */
    Facts tagged(long second, String tag, String digest) {
        name(digest);
        moves.add(new Move(new Tag(tag), NOON.plusSeconds(second), Optional.of(digest(digest))));
        return this;
    }

    /** An index, with an image of each platform, which is named {@code index/architecture}. */
    Facts index(String index, String... architectures) {
        for (String architecture : architectures) {
            lists(index, index + "/" + architecture, architecture);
        }
        return this;
    }

    /** One image that an index lists. */
    Facts lists(String index, String child, String architecture) {
        name(index);
        name(child);
        indexes.computeIfAbsent(digest(index), each -> new HashMap<>())
                .put(digest(child), Optional.of(Platform.parse("linux/" + architecture)));
        return this;
    }

    /** So that jqwik can show a sample. */
    @Override
    public String toString() {
        return facts.stream()
                .map(fact -> fact.image().toString().replaceAll("(?<=sha256:.{4}).*", "") + " "
                        + Duration.between(NOON, fact.time()) + " "
                        + fact.getClass().getSimpleName())
                .collect(Collectors.joining("; "));
    }

    /** All facts. */
    List<Fact> all() {
        return facts;
    }

    /** All that is known. */
    Tagging tagging() {
        return new Tagging(moves, indexes, Map.of());
    }

    /** The pulls of the hour after noon, in words. */
    List<String> counted() {
        return counted(LogHour.of(NOON));
    }

    /** The pulls of an hour, in words. */
    List<String> counted(LogHour hour) {
        Tagging tagging = tagging();
        return new PullCounting(repository -> tagging)
                .count(hour, facts).stream().map(this::describe).toList();
    }

    /** A pull in words. */
    String describe(CountedPull pull) {
        List<String> words = new ArrayList<>();
        words.add(brief(pull.image()));
        if (!pull.tags().isEmpty()) {
            words.add(pull.tags().stream().map(this::brief).collect(Collectors.joining(",", "of ", "")));
        }
        pull.platforms().stream().map(Platform::architecture).sorted().forEach(words::add);
        words.add(
                switch (pull.outcome()) {
                    case Outcome.Hit hit -> "hit";
                    case Outcome.Cold cold -> "cold";
                    case Outcome.Stale stale -> "stale";
                    case Outcome.Failed(String code) -> "failed: " + code;
                });
        return String.join(" ", words);
    }

    /** What a digest goes by. */
    String name(Optional<Digest> digest) {
        return digest.map(Digest::value).map(names::get).orElse("nothing");
    }

    private String brief(ImageReference image) {
        return switch (image) {
            case Tagged tagged -> tagged.tag().value();
            case Digested digested -> "@" + names.getOrDefault(digested.digest().value(), "unknown");
        };
    }

    private void name(String digest) {
        names.put(digest(digest).value(), digest);
    }

    private void call(Caller caller, long second, String image, boolean registry, Optional<String> error) {
        facts.add(new Fetch(image(image), caller, event(), NOON.plusSeconds(second), registry, error));
    }

    private void sync(double second, String tag, Optional<String> failure) {
        Instant time = NOON.plusMillis(Math.round(second * 1000));
        facts.add(new Sync(new Tagged(NGINX, new Tag(tag)), event(), time, failure));
    }

    private EventHash event() {
        return EventHash.of("event " + facts.size());
    }
}
