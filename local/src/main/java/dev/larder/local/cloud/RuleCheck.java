package dev.larder.local.cloud;

import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.api.UpstreamCheck;
import dev.larder.local.upstream.UpstreamCredentials;
import dev.larder.local.upstream.UpstreamException;
import dev.larder.local.upstream.UpstreamFailure;
import dev.larder.local.upstream.UpstreamLimits;
import dev.larder.local.upstream.UpstreamProbe;
import dev.larder.local.upstream.UpstreamRegistry;
import java.util.Optional;

/** Checks a cache rule's secret and upstream, for {@code CreatePullThroughCacheRule} and its validation. */
record RuleCheck(Secrets secrets) implements UpstreamCheck {
    @Override
    public boolean secretExists(String credentialArn) {
        return secrets.store().find(credentialArn).isPresent();
    }

    /** With credentials, logs in; without, asks the upstream for an image that hardly exists. */
    @Override
    public Optional<String> failure(CacheRule rule) {
        Optional<UpstreamCredentials> credentials = rule.credentialArn().flatMap(secrets::credentials);
        if (rule.credentialArn().isPresent() && credentials.isEmpty()) {
            return Optional.of("the secret " + rule.credentialArn().get()
                    + " does not hold {\"username\":\"...\",\"accessToken\":\"...\"}");
        }
        return credentials.isPresent() ? new UpstreamProbe(secrets::credentials).failure(rule) : answer(rule);
    }

    /** That the image is not there, or may not be seen, is an answer too. */
    private static Optional<String> answer(CacheRule rule) {
        try {
            UpstreamRegistry.at(rule.upstreamUrl(), Optional.empty(), UpstreamLimits.DEFAULT)
                    .digest(rule.upstreamRepository(rule.prefix() + "/larder-rule-check"), "none");
            return Optional.empty();
        } catch (UpstreamException e) {
            boolean answered = e.failure() == UpstreamFailure.NOT_FOUND || e.failure() == UpstreamFailure.ACCESS_DENIED;
            return answered ? Optional.empty() : Optional.of(e.reason());
        }
    }
}
