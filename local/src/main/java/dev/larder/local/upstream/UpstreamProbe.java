package dev.larder.local.upstream;

import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.api.UpstreamCheck;
import java.util.Optional;
import java.util.function.Function;

/** What {@code ValidatePullThroughCacheRule} finds out: the secret, the connection, the login (ecr-facts 1.5). */
public final class UpstreamProbe implements UpstreamCheck {
    private final Function<String, Optional<UpstreamCredentials>> secrets;
    private final Upstreams upstreams;

    /** @param secrets gives a cache rule's credentials by the ARN of its secret; empty when there is none */
    public UpstreamProbe(Function<String, Optional<UpstreamCredentials>> secrets) {
        this.secrets = secrets;
        this.upstreams = new Upstreams(secrets, UpstreamLimits.DEFAULT);
    }

    @Override
    public boolean secretExists(String credentialArn) {
        return secrets.apply(credentialArn).isPresent();
    }

    @Override
    public Optional<String> failure(CacheRule rule) {
        try {
            upstreams.of(rule).probe();
            return Optional.empty();
        } catch (UpstreamException e) {
            return Optional.of(e.reason());
        } catch (AwsException e) {
            return Optional.of(e.message());
        }
    }
}
