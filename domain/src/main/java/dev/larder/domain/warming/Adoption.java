package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often new versions of what is pulled are pulled themselves, learned from those that came lately: apart for each
 * distance from what was pulled before (a patch, a minor, a major version).
 */
public final class Adoption {
    /** A version that is younger may still be pulled. */
    private static final Duration SETTLED = Duration.ofDays(7);

    /** What is assumed before anything was seen: a patch is taken by half of those who could. */
    private static final double PRIOR = 0.5;

    private static final double PRIOR_SEEN = 2;

    private record Count(int seen, int taken) {
        Count plus(boolean one) {
            return new Count(seen + 1, taken + (one ? 1 : 0));
        }
    }

    private final TreeMap<Integer, Count> counts = new TreeMap<>();

    /**
     * Takes in a repository.
     *
     * @param pulled versions that were pulled lately
     */
    public void learn(NewTags tags, Collection<VersionTag> pulled, Instant now) {
        Set<VersionTag> taken = Set.copyOf(pulled);
        var families = pulled.stream().collect(Collectors.groupingBy(VersionTag::family));
        for (NewTags.NewTag tag : tags.tags()) {
            if (tag.firstSeen().isAfter(now.minus(SETTLED))) {
                continue;
            }
            families.getOrDefault(tag.version().family(), java.util.List.of()).stream()
                    .filter(older -> older.compareTo(tag.version()) < 0)
                    .mapToInt(older -> older.distance(tag.version()))
                    .filter(distance -> distance >= 0)
                    .min()
                    .ifPresent(distance -> counts.merge(
                            distance,
                            new Count(0, 0).plus(taken.contains(tag.version())),
                            (one, other) -> one.plus(other.taken() > 0)));
        }
    }

    /** The chance, 0 to 1, that a new version at this distance from one that is pulled will be pulled. */
    public double at(int distance) {
        Count count = counts.getOrDefault(distance, new Count(0, 0));
        double prior = PRIOR / (1 + distance);
        return (count.taken() + PRIOR_SEEN * prior) / (count.seen() + PRIOR_SEEN);
    }
}
