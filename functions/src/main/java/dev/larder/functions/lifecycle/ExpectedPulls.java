package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Use;
import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import dev.larder.functions.table.RepositoryRecords;
import dev.larder.functions.table.TaggedImage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a manifest's tags are expected to be pulled, by their popularity.
 *
 * @param decay as the record's popularity was made
 */
record ExpectedPulls(ForwardDecay decay) {
    /** The uses, with that. */
    Map<Digest, Use> in(Map<Digest, Use> uses, List<Manifest> manifests, RepositoryRecords known, Instant now) {
        Map<Digest, Use> with = new HashMap<>(uses);
        for (Manifest manifest : manifests) {
            double pulls = 0;
            for (Tag tag : manifest.tags()) {
                TaggedImage image = known.tags().get(tag);
                if (image != null && image.popularity().isPresent()) {
                    pulls += decay.pullsPerDay(image.popularity().getAsDouble(), now);
                }
            }
            double expected = pulls;
            if (expected > 0) {
                with.computeIfPresent(
                        manifest.digest(),
                        (_, use) -> new Use(use.pulledAt(), use.warmedAt(), use.importedAt(), expected));
            }
        }
        return with;
    }
}
