package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The signals that are too dear to be read for every image, read for those only that would go otherwise. Never throws: a
 * signal that cannot be read is an objection.
 */
public interface Objections {
    /**
     * What speaks against the eviction of each candidate; nothing does against those that are not in the answer.
     *
     * @param candidates all manifests of the repository that would go, with what they list
     * @param unused for how long an image has to be without use to go, by the strictest ground of any of them
     * @param evictGone whether an image goes that the upstream no longer has
     */
    Map<Digest, Objection> of(RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone);
}
