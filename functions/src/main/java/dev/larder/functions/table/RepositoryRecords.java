package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Map;

/** All that the table knows of one repository's images. */
public record RepositoryRecords(
        RepositoryName repository, Map<Tag, TaggedImage> tags, Map<Digest, StoredManifest> manifests) {
    /** Copies the maps. */
    public RepositoryRecords {
        tags = Map.copyOf(tags);
        manifests = Map.copyOf(manifests);
    }
}
