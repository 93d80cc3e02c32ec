package dev.larder.domain.usage;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each tag of one repository pointed at, and when, and what the indexes list. It only ever grows, so that a day which
 * is counted again, weeks later, is counted alike.
 */
public final class Tagging {
    /** Nothing is known. */
    public static final Tagging UNKNOWN = new Tagging(List.of(), Map.of(), Map.of());

    private final Map<Tag, TreeMap<Instant, Optional<Digest>>> moves = new HashMap<>();
    private final Map<Digest, Set<Tag>> everTagged = new HashMap<>();
    private final Map<Digest, Map<Digest, Optional<Platform>>> indexes;
    private final Map<Digest, List<Digest>> parents = new HashMap<>();
    private final Map<Digest, Long> sizes;

    /**
     * A tag points somewhere else from now on.
     *
     * @param digest absent when the tag was removed
     */
    public record Move(Tag tag, Instant at, Optional<Digest> digest) {}

    /**
     * Takes what is known.
     *
     * @param indexes of each index, the digests that it lists, attestations without a platform
     * @param sizes of manifests, compressed bytes of a pull for one platform
     */
    public Tagging(List<Move> moves, Map<Digest, Map<Digest, Optional<Platform>>> indexes, Map<Digest, Long> sizes) {
        for (Move move : moves) {
            this.moves
                    .computeIfAbsent(move.tag(), tag -> new TreeMap<>())
                    .merge(move.at(), move.digest(), Tagging::either);
            move.digest()
                    .ifPresent(digest -> everTagged
                            .computeIfAbsent(digest, each -> new TreeSet<>(Comparator.comparing(Tag::value)))
                            .add(move.tag()));
        }
        this.indexes = Map.copyOf(indexes);
        this.sizes = Map.copyOf(sizes);
        indexes.forEach((index, children) -> children.keySet()
                .forEach(child -> parents.computeIfAbsent(child, each -> new ArrayList<>())
                        .add(index)));
        parents.values().forEach(list -> list.sort(Comparator.comparing(Digest::value)));
    }

    /**
     * What the tag pointed at. Before the first time that anything is known of it, what it pointed at first: the call that
     * makes ECR import an image is made before the import.
     */
    public Optional<Digest> at(Tag tag, Instant time) {
        TreeMap<Instant, Optional<Digest>> known = moves.getOrDefault(tag, new TreeMap<>());
        var before = known.floorEntry(time);
        if (before != null) {
            return before.getValue();
        }
        return known.isEmpty() ? Optional.empty() : known.firstEntry().getValue();
    }

    /** Of two moves at the same moment always the same one, whatever their order, and rather an image than none. */
    private static Optional<Digest> either(Optional<Digest> one, Optional<Digest> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.comparing(Digest::value));
    }

    /** What the tag pointed at from one time to another, the first one first. */
    public Set<Digest> during(Tag tag, Instant from, Instant to) {
        Set<Digest> pointed = new LinkedHashSet<>();
        at(tag, from).ifPresent(pointed::add);
        moves.getOrDefault(tag, new TreeMap<>())
                .subMap(from, false, to, true)
                .values()
                .forEach(move -> move.ifPresent(pointed::add));
        return pointed;
    }

    /** When the tag came to point at another image, and at which; the first import and removals are no moves. */
    public NavigableMap<Instant, Digest> moves(Tag tag) {
        NavigableMap<Instant, Digest> found = new TreeMap<>();
        Optional<Digest> last = Optional.empty();
        for (var move : moves.getOrDefault(tag, new TreeMap<>()).entrySet()) {
            Optional<Digest> to = move.getValue();
            if (last.isPresent() && to.isPresent() && !to.equals(last)) {
                found.put(move.getKey(), to.get());
            }
            last = to.isPresent() ? to : last;
        }
        return found;
    }

    /** Since when anything is known of the tag. */
    public Optional<Instant> since(Tag tag) {
        TreeMap<Instant, Optional<Digest>> known = moves.getOrDefault(tag, new TreeMap<>());
        return known.isEmpty() ? Optional.empty() : Optional.of(known.firstKey());
    }

    /** Whether the tag was in the cache: a first import is too late for the call that made it. */
    public boolean wasCached(Tag tag, Instant time) {
        var before = moves.getOrDefault(tag, new TreeMap<>()).floorEntry(time);
        return before != null && before.getValue().isPresent();
    }

    /** The tags that pointed at the digest, or at an index that lists it; in order. */
    public List<Tag> tagsOf(Digest digest, Instant time) {
        Set<Tag> tags = new TreeSet<>(Comparator.comparing(Tag::value));
        for (Digest top : tops(digest)) {
            for (Tag tag : everTagged.getOrDefault(top, Set.of())) {
                at(tag, time).filter(top::equals).ifPresent(same -> tags.add(tag));
            }
        }
        return List.copyOf(tags);
    }

    /** The tags that ever pointed at the digest, or at an index that lists it. */
    public Set<Tag> everTagsOf(Digest digest) {
        return tops(digest).stream()
                .flatMap(top -> everTagged.getOrDefault(top, Set.of()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * When the last tag that pointed at each digest moved away from it, or was removed. A digest that no tag is known to have
     * pointed at is not among them, nor is one that a tag points at as of the last that is known.
     */
    public Map<Digest, Instant> leftAt() {
        Map<Digest, Instant> left = new HashMap<>();
        Set<Digest> pointedAt = new HashSet<>();
        for (TreeMap<Instant, Optional<Digest>> known : moves.values()) {
            Optional<Digest> before = Optional.empty();
            for (var move : known.entrySet()) {
                if (!move.getValue().equals(before)) {
                    before.ifPresent(digest ->
                            left.merge(digest, move.getKey(), (one, other) -> one.isAfter(other) ? one : other));
                }
                before = move.getValue();
            }
            before.ifPresent(pointedAt::add);
        }
        left.keySet().removeAll(pointedAt);
        return left;
    }

    /** The digest itself, and the indexes that list it. */
    public List<Digest> tops(Digest digest) {
        List<Digest> tops = new ArrayList<>(List.of(digest));
        tops.addAll(parents.getOrDefault(digest, List.of()));
        return tops;
    }

    /** Whether the digest is listed by an index. */
    public boolean isListed(Digest digest) {
        return parents.containsKey(digest);
    }

    /** The platform of a manifest, as an index lists it. */
    public Optional<Platform> platformOf(Digest child) {
        return parents.getOrDefault(child, List.of()).stream()
                .map(index -> indexes.getOrDefault(index, Map.of()).get(child))
                .filter(Objects::nonNull)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Compressed bytes of a pull for one platform; nothing when unknown. */
    public long sizeOf(Digest digest) {
        Long size = sizes.get(digest);
        if (size != null) {
            return size;
        }
        return parents.getOrDefault(digest, List.of()).stream()
                .flatMap(index -> Optional.ofNullable(sizes.get(index)).stream())
                .findFirst()
                .orElse(0L);
    }

    /** The digests that an index lists. */
    public Set<Digest> childrenOf(Digest index) {
        return Collections.unmodifiableSet(indexes.getOrDefault(index, Map.of()).keySet());
    }
}
