package dev.larder.domain.usage;

import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pulls of one caller from one repository. A client that pulls a tag asks for the tag, then by digest for the index and
 * for its platform's manifest, each of them a call of its own; all of them are one pull. Calls come in the order of time.
 */
final class CallerPulls {
    /**
     * A client that first asks where a tag points, or whether an image is there (HEAD), fetches it within this time, ECR's
     * trip upstream included. Inferred.
     */
    private static final Duration ASKS_FIRST = Duration.ofSeconds(5);

    /** So many pulls of one image are remembered: as many as one caller may have going at the same time. */
    private static final int REMEMBERED = 2_000;

    private final Tagging tagging;
    private final List<OpenPull> pulls = new ArrayList<>();
    private final Map<ImageReference, Deque<OpenPull>> latest = new HashMap<>();

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
                Deque<OpenPull> same = latest.computeIfAbsent(fetch.image(), image -> new ArrayDeque<>());
                same.addFirst(pull);
                if (same.size() > REMEMBERED) {
                    same.removeLast();
                }
            }
        }
    }

    /**
     * Whether the digest is a part of a pull before it: the latest one that has not fetched it yet. What every pull before it
     * has fetched already was asked for twice, by HEAD and by GET.
     */
    private boolean follows(Digested part, Fetch fetch) {
        Optional<OpenPull> lacking = Optional.empty();
        boolean any = false;
        for (ImageReference whole : wholes(part, fetch)) {
            for (OpenPull pull : latest.getOrDefault(whole, new ArrayDeque<>())) {
                if (isOver(pull, fetch)) {
                    break;
                }
                if (mayHave(pull, part, fetch)) {
                    any = true;
                    if (!pull.has(part.digest())) {
                        boolean later = lacking.filter(best -> !pull.time().isAfter(best.time()))
                                .isEmpty();
                        lacking = later ? Optional.of(pull) : lacking;
                        break;
                    }
                }
            }
        }
        lacking.ifPresent(pull -> pull.follow(part.digest()));
        return any;
    }

    private static boolean isOver(OpenPull pull, Fetch fetch) {
        return Duration.between(pull.time(), fetch.time()).compareTo(PullCounting.FOLLOWS) > 0;
    }

    /** What an index lists may be fetched any time later; what a tag points at is fetched at once, and first. */
    private boolean mayHave(OpenPull pull, Digested part, Fetch fetch) {
        if (tagging.isListed(part.digest())) {
            return true;
        }
        return Duration.between(pull.time(), fetch.time()).compareTo(ASKS_FIRST) <= 0
                && pull.throughRegistry()
                && fetch.registryClient()
                && !pull.isFollowed();
    }

    /** What the digest may be a part of: tags that pointed at it or at its index, and the index itself. */
    private List<ImageReference> wholes(Digested part, Fetch fetch) {
        Digest digest = part.digest();
        Stream<ImageReference> tags =
                tagging.tagsOf(digest, fetch.time()).stream().map(tag -> new Tagged(part.repository(), tag));
        Stream<ImageReference> indexes = tagging.tops(digest).stream()
                .filter(top -> !top.equals(digest))
                .map(top -> new Digested(part.repository(), top));
        return Stream.concat(tags, indexes).toList();
    }

    /** The pulls, those left out that only asked before the next one fetched. */
    List<OpenPull> pulls() {
        Set<OpenPull> asked = new HashSet<>();
        Map<ImageReference, OpenPull> before = new HashMap<>();
        for (OpenPull pull : pulls) {
            Optional<OpenPull> same = Optional.ofNullable(before.put(pull.image(), pull));
            same.filter(earlier -> onlyAsked(earlier, pull)).ifPresent(earlier -> {
                pull.since(earlier);
                asked.add(earlier);
            });
        }
        return pulls.stream().filter(pull -> !asked.contains(pull)).toList();
    }

    /** Nothing followed the earlier call, and the client went on from the later one: they are one pull. */
    private static boolean onlyAsked(OpenPull earlier, OpenPull later) {
        return earlier.throughRegistry()
                && later.throughRegistry()
                && !earlier.failed()
                && !earlier.isFollowed()
                && later.isFollowed()
                && Duration.between(earlier.time(), later.time()).compareTo(ASKS_FIRST) <= 0;
    }
}
