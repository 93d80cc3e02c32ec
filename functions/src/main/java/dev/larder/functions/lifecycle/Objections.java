package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The signals that are too dear to be read for every image, read for those only that would go otherwise. Never throws: a
 * signal that cannot be read is an objection.
 */
public interface Objections {
    /**
     * What came of asking.
     *
     * @param against what speaks against the eviction of a candidate; nothing does against those that are not in it
     * @param seen of the others what was seen, as evidence: a line for each signal
     * @param byDigest what the upstream has by digest alone, so that no tag is known that would bring it again
     */
    record Asked(Map<Digest, Objection> against, Map<Digest, List<String>> seen, Set<Digest> byDigest) {
        /** Nobody was asked for anything. */
        public static final Asked NOTHING = new Asked(Map.of(), Map.of());

        /** Copies the collections. */
        public Asked {
            against = Map.copyOf(against);
            seen = Map.copyOf(seen);
            byDigest = Set.copyOf(byDigest);
        }

        /** Of nothing it is known that the upstream has it by digest alone. */
        public Asked(Map<Digest, Objection> against, Map<Digest, List<String>> seen) {
            this(against, seen, Set.of());
        }

        /** Nothing speaks against any of the candidates, and this was seen of all. */
        public static Asked seen(List<Manifest> candidates, String line) {
            Map<Digest, List<String>> seen = new HashMap<>();
            candidates.forEach(candidate -> seen.put(candidate.digest(), List.of(line)));
            return new Asked(Map.of(), seen);
        }

        /** Both, the lines of this first. */
        public Asked and(Asked more) {
            Map<Digest, Objection> all = new HashMap<>(more.against);
            all.putAll(against);
            Map<Digest, List<String>> lines = new HashMap<>(seen);
            more.seen.forEach((digest, its) -> lines.merge(
                    digest,
                    its,
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
            Set<Digest> digests = new HashSet<>(byDigest);
            digests.addAll(more.byDigest);
            return new Asked(all, lines, digests);
        }
    }

    /**
     * What speaks against the eviction of each candidate, and what was seen of those against which nothing does.
     *
     * @param candidates all manifests of the repository that would go, with what they list
     * @param unused for how long an image has to be without use to go, by the strictest ground of any of them
     * @param evictGone whether an image goes that the upstream no longer has
     */
    Asked of(RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone);

    /**
     * The same for one piece of a sweep: it has a time of its own in which it asks, however often it does.
     *
     * @param since what was seen before is no ground to let anything go; absent where nothing is deleted by the answers
     */
    default Objections inPiece(Optional<Instant> since) {
        return this;
    }

    /**
     * What follows for an undo from an upstream's having an image by digest alone.
     *
     * @param tag that was asked for; absent where there was none
     */
    static String byDigestAlone(Optional<Tag> tag) {
        return tag.map(asked -> "by digest alone: its tag " + asked
                        + " leads elsewhere or nowhere there, so undo brings what the tag leads to by then,"
                        + " and this digest only where another tag does")
                .orElse("by digest alone: it has no tag, so undo brings it only where a tag leads to it");
    }
}
