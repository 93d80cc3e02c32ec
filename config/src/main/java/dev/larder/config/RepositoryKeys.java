package dev.larder.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code repositories} as it is written, for all upstreams or for one: what is left out is empty. */
record RepositoryKeys(
        Optional<List<Expire>> expire,
        Optional<List<Map<String, Object>>> policy,
        Optional<Map<String, String>> tags,
        Optional<Boolean> scanOnPush,
        Optional<TagMutability> tagMutability,
        Optional<List<String>> kmsKeys) {
    static final RepositoryKeys NONE = new RepositoryKeys(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** An upstream's own keys, and for the others those of all upstreams. */
    CachedRepositories over(RepositoryKeys ofAll) {
        CachedRepositories none = CachedRepositories.DEFAULT;
        return new CachedRepositories(
                expire.or(ofAll::expire).orElse(none.expire()),
                policy.or(ofAll::policy).orElse(none.policy()),
                tags.or(ofAll::tags).orElse(none.tags()),
                scanOnPush.or(ofAll::scanOnPush),
                tagMutability.or(ofAll::tagMutability),
                kmsKeys.or(ofAll::kmsKeys).orElse(none.kmsKeys()));
    }
}
