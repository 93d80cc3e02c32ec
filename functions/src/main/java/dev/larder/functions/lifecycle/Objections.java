package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     */
    record Asked(Map<Digest, Objection> against, Map<Digest, List<String>> seen) {
        /** Nobody was asked for anything. */
        public static final Asked NOTHING = new Asked(Map.of(), Map.of());

        /** Copies the maps. */
        public Asked {
            against = Map.copyOf(against);
            seen = Map.copyOf(seen);
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
            return new Asked(all, lines);
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
}
