package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The pulls of one caller from one repository. A client that pulls a tag asks for the tag, then by digest for the index and
 * for its platform's manifest, each of them a call of its own; all of them are one pull. Calls come in the order of
 * {@link PullCounting}.
 */
final class CallerPulls {
    /**
     * A client that first asks where a tag points, or whether an image is there (HEAD), fetches it within this time, since
     * CloudTrail's time of a call is the one at which it was completed. Inferred.
     */
    private static final Duration ASKS_FIRST = Duration.ofSeconds(5);

    /** Of pulls at the same time, the one of a tag comes first. */
    private static final Comparator<OpenPull> LATEST =
            Comparator.comparing(OpenPull::time).thenComparing(pull -> pull.image() instanceof Tagged);

    private final Tagging tagging;
    private final List<OpenPull> pulls = new ArrayList<>();
    private final Map<Asked, PullsOfImage> images = new HashMap<>();

    /** What was asked for, and how: what a client fetches through the registry is no part of a pull through the SDK. */
    private record Asked(ImageReference image, boolean registryClient) {}

    CallerPulls(Tagging tagging) {
        this.tagging = tagging;
    }

    void add(Fetch fetch) {
        boolean part =
                fetch.error().isEmpty() && fetch.image() instanceof Digested digested && follows(digested, fetch);
        if (!part) {
            OpenPull pull = new OpenPull(fetch);
            pulls.add(pull);
            if (!pull.failed()) {
                images.computeIfAbsent(new Asked(fetch.image(), fetch.registryClient()), asked -> new PullsOfImage())
                        .add(pull);
            }
        }
    }

    /** Whether the digest is a part of a pull before it: the latest one that has not fetched it yet. */
    private boolean follows(Digested part, Fetch fetch) {
        Digest digest = part.digest();
        boolean listed = tagging.isListed(digest);
        if (!listed && !fetch.registryClient()) {
            return false;
        }
        Duration within = listed ? PullCounting.FOLLOWS : ASKS_FIRST;
        Predicate<OpenPull> recent =
                pull -> Duration.between(pull.time(), fetch.time()).compareTo(within) <= 0;
        Predicate<OpenPull> mayHave = recent.and(pull -> isOf(pull, digest, listed));
        List<PullsOfImage> wholes = wholes(part)
                .map(whole -> images.get(new Asked(whole, fetch.registryClient())))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Optional<OpenPull> lacking = wholes.stream()
                .flatMap(whole -> whole.lacking(digest, mayHave).stream())
                .max(LATEST);
        lacking.ifPresent(pull -> pull.follow(digest));
        // what every pull before it has fetched already was asked for twice, by HEAD and by GET
        return lacking.isPresent() || (listed && wholes.stream().anyMatch(whole -> whole.any(recent, mayHave)));
    }

    /** What an index lists may be fetched any time later; what a tag points at is fetched at once, and first. */
    private boolean isOf(OpenPull pull, Digest part, boolean listed) {
        if (!listed && pull.isFollowed()) {
            return false;
        }
        return switch (pull.image()) {
            case Tagged(var repository, var tag) ->
                !Collections.disjoint(pull.mayHaveGot(tag, tagging), tagging.tops(part));
            case Digested whole -> true;
        };
    }

    /** What the digest may be a part of: tags that ever pointed at it or at its index, and the index itself. */
    private Stream<ImageReference> wholes(Digested part) {
        Digest digest = part.digest();
        Stream<ImageReference> tags =
                tagging.everTagsOf(digest).stream().map(tag -> new Tagged(part.repository(), tag));
        Stream<ImageReference> indexes = tagging.tops(digest).stream()
                .filter(top -> !top.equals(digest))
                .map(top -> new Digested(part.repository(), top));
        return Stream.concat(tags, indexes);
    }

    /**
     * The pulls, those left out that only asked before a later one fetched; each fetch was asked for once. Who asks in vain
     * does not go on: what comes after it is another pull.
     */
    List<OpenPull> pulls(Trips trips) {
        Set<OpenPull> asked = new HashSet<>();
        Map<ImageReference, Deque<OpenPull>> unanswered = new HashMap<>();
        for (OpenPull pull : pulls) {
            if (pull.failed() || !pull.throughRegistry()) {
                continue;
            }
            Deque<OpenPull> before = unanswered.computeIfAbsent(pull.image(), image -> new ArrayDeque<>());
            if (!before.isEmpty() && !goesOn(before.peek(), pull, trips)) {
                before.clear();
            }
            if (!before.isEmpty() && mayHaveAsked(pull)) {
                OpenPull head = before.pop();
                asked.add(head);
                pull.since(head);
            } else if (!pull.isFollowed()) {
                before.push(pull);
            }
        }
        return pulls.stream().filter(pull -> !asked.contains(pull)).toList();
    }

    private static boolean goesOn(OpenPull head, OpenPull pull, Trips trips) {
        return Duration.between(head.time(), pull.time()).compareTo(ASKS_FIRST) <= 0
                && !trips.failedBetween(head.image(), head.time(), pull.time());
    }

    /**
     * Whether a call fetched, so that another one of the same just before it may have been its HEAD. Nobody fetches a
     * digest twice. A tag was fetched when the client went on with what its index lists; when it went on with the index,
     * the call was itself the HEAD.
     */
    private boolean mayHaveAsked(OpenPull pull) {
        return switch (pull.image()) {
            case Digested digested -> true;
            case Tagged tagged -> pull.isFollowed() && pull.followed().stream().allMatch(tagging::isListed);
        };
    }
}
