package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.Map;

/**
 * What {@link Objections} said in earlier sweeps and would say again, whoever asked: a plan counts it, so that no run selects
 * what it will not let go.
 */
@FunctionalInterface
public interface KnownObjections {
    /** Those against images of a repository that its upstream did not have any more. */
    Map<Digest, Objection> of(RepositoryName repository);
}
