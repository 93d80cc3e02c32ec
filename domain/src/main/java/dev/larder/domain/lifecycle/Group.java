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
 * @param lastUse the last pull, push or warming of any of them
 */
public record Group(RepositoryName repository, List<List<Manifest>> waves, Instant lastUse) {
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
        return manifests().stream().mapToLong(Group::bytes).sum();
    }

    /** A manifest's part in {@link #bytes()}. */
    public static long bytes(Manifest manifest) {
        boolean lists =
                manifest.children().filter(children -> !children.isEmpty()).isPresent();
        return lists ? 0 : manifest.sizeBytes().orElse(0);
    }

    /** The first digest of the first wave, which names the group. */
    Digest first() {
        return waves.getFirst().getFirst().digest();
    }
}
