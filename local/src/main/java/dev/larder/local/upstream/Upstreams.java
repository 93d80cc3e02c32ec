package dev.larder.local.upstream;

import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.CacheRule;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The upstream behind each cache rule, kept so that its tokens and connections are used again. */
final class Upstreams {
    private final Function<String, Optional<UpstreamCredentials>> secrets;
    private final UpstreamLimits limits;
    private final Map<Key, UpstreamRegistry> registries = new ConcurrentHashMap<>();

    Upstreams(Function<String, Optional<UpstreamCredentials>> secrets, UpstreamLimits limits) {
        this.secrets = secrets;
        this.limits = limits;
    }

    /**
     * The rule's upstream, with what its secret holds now.
     *
     * @throws AwsException {@code UnableToGetUpstreamImageException} when the secret is not there
     * @throws UpstreamException when the rule's URL is none
     */
    UpstreamRegistry of(CacheRule rule) throws UpstreamException {
        Key key = new Key(rule.upstreamUrl(), rule.credentialArn().map(arn -> secret(rule, arn)));
        UpstreamRegistry known = registries.get(key);
        if (known != null) {
            return known;
        }
        UpstreamRegistry made = UpstreamRegistry.at(key.url(), key.credentials(), limits);
        UpstreamRegistry first = registries.putIfAbsent(key, made);
        return first == null ? made : first;
    }

    private UpstreamCredentials secret(CacheRule rule, String arn) {
        return secrets.apply(arn)
                .orElseThrow(() -> new AwsException(
                        400,
                        "UnableToGetUpstreamImageException",
                        "The image could not be pulled using the pull through cache rule '" + rule.prefix()
                                + "': there is no readable secret " + arn
                                + "; store {\"username\":\"...\",\"accessToken\":\"...\"} under it"));
    }

    private record Key(String url, Optional<UpstreamCredentials> credentials) {}
}
