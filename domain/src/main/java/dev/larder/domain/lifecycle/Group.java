package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.List;

/**
 * Manifests that go together: an index, what it lists, what refers to them. Whole, since half of it would be of no use
 * to anyone.
 *
 * @param waves to be deleted one after the other: ECR refuses what an index lists while the index is there
 * @param tops how many of them are nobody's part: indexes that share what they list go together
 * @param lastUse the last pull, push or warming of any of them
 * @param reason the quota, when any of them goes for that alone; otherwise that of the first
 * @param rule what the rule or quota matches that gives the reason
 * @param value of all of them together
 */
public record Group(
        RepositoryName repository,
        List<List<Manifest>> waves,
        int tops,
        Instant lastUse,
        Reason reason,
        String rule,
        Value value) {
    /** Copies the lists. */
    public Group {
        waves = waves.stream().map(List::copyOf).toList();
    }

    /** All of them, in the order in which they go. */
    public List<Manifest> manifests() {
        return waves.stream().flatMap(List::stream).toList();
    }

    /** How many. */
    public int images() {
        return waves.stream().mapToInt(List::size).sum();
    }

    /**
     * Compressed bytes of the images; an index adds none, since the size that ECR gives it is that of its largest image.
     * Layers that images share are counted for each.
     */
    public long bytes() {
        long bytes = 0;
        for (List<Manifest> wave : waves) {
            for (Manifest manifest : wave) {
                bytes += bytes(manifest);
            }
        }
        return bytes;
    }

    /** A manifest's part in {@link #bytes()}. */
    public static long bytes(Manifest manifest) {
        return lists(manifest) ? 0 : manifest.sizeBytes().orElse(0);
    }

    static boolean lists(Manifest manifest) {
        return manifest.children().isPresent() && !manifest.children().get().isEmpty();
    }

    /** The first digest of the first wave, which names the group in its repository. */
    public Digest first() {
        return waves.getFirst().getFirst().digest();
    }
}
