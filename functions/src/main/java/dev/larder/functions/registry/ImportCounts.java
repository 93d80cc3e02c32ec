package dev.larder.functions.registry;

import dev.larder.events.image.Digest;
import java.util.List;
import java.util.Set;

/**
 * What an import fetches, as one manifest tells it.
 *
 * @param children what an index lists; empty for an image
 * @param blobs configuration and layers of an image; empty for an index, whose children have them
 */
public record ImportCounts(List<Digest> children, Set<Digest> blobs) {
    /** Copies. */
    public ImportCounts {
        children = List.copyOf(children);
        blobs = Set.copyOf(blobs);
    }

    /** An index and what it lists; 1 for an image. */
    public int manifests() {
        return 1 + children.size();
    }
}
