package dev.larder.local.ecr.api;

import dev.larder.local.ecr.CacheRule;
import java.util.Optional;

/** What only a look at Secrets Manager and at the upstream can tell about a cache rule. */
public interface UpstreamCheck {
    /** Whether the secret of {@code credentialArn} is there. */
    boolean secretExists(String credentialArn);

    /** Why the upstream cannot be reached with the rule's credentials; empty when it can. */
    Optional<String> failure(CacheRule rule);
}
