package dev.larder.functions.warm;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.StoredManifest;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Whether what the record has is in the cache. An event that tells of a deletion may be lost, and the image would count as
 * there for ever: so what ECR turns out not to have is forgotten.
 */
final class Presence {
    private final WarmPorts ports;

    Presence(WarmPorts ports) {
        this.ports = ports;
    }

    /** The image and the indexes that list it, those of them that the record has. */
    List<Digest> recorded(Digested image) {
        return ports.records().tagging(image.repository()).tops(image.digest()).stream()
                .filter(top -> ports.records()
                        .manifest(image.repository(), top)
                        .flatMap(StoredManifest::mediaType)
                        .isPresent())
                .toList();
    }

    /**
     * Those of a repository's manifests that ECR has. The others are forgotten, with the tags that pointed at them.
     *
     * @param since what came later is not forgotten
     */
    Set<Digest> of(RepositoryName repository, List<Digest> recorded, Instant since) {
        Set<Digest> there =
                Set.copyOf(ports.cache().manifests(repository, recorded).keySet());
        recorded.stream()
                .filter(digest -> !there.contains(digest))
                .forEach(gone -> forget(new Digested(repository, gone), since));
        return there;
    }

    private void forget(Digested gone, Instant since) {
        System.out.println(gone + " is not in the cache any more, and no event told of it");
        ports.records().repository(gone.repository()).tags().values().stream()
                .filter(tag -> tag.digest().filter(gone.digest()::equals).isPresent())
                .forEach(tag -> ports.records().forget(tag.image(), gone.digest(), since));
        ports.records().forget(gone, since);
    }
}
