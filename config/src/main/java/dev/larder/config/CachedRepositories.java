package dev.larder.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The desired state of the cached repositories of an upstream.
 *
 * @param expire what ECR expires by itself, the first that selects an image first; empty for nothing
 * @param policy statements that Larder owns in each repository's policy, in IAM's words, each with a {@code Sid} that
 *     starts with {@code Larder}; empty for none
 * @param tags of the repositories, beside those that Larder needs
 * @param scanOnPush empty: as it is
 * @param tagMutability empty: as it is, and mutable in new repositories, as ECR has it
 * @param kmsKeys ARNs, one for each cell; empty for ECR's own encryption
 */
public record CachedRepositories(
        List<Expire> expire,
        List<Map<String, Object>> policy,
        Map<String, String> tags,
        Optional<Boolean> scanOnPush,
        Optional<TagMutability> tagMutability,
        List<String> kmsKeys) {
    /**
     * The tag of a creation template, and so of its repositories, that says {@code true} or {@code false}: a template has no
     * field for scanning. Without the tag scanning stays as it is.
     */
    public static final String SCAN_ON_PUSH_TAG = "larder:scan-on-push";

    /**
     * The tag of a creation template that says that the file names the template's mutability, which every template has. Without
     * the tag the mutability of old repositories stays as it is.
     */
    public static final String TAG_MUTABILITY_TAG = "larder:tag-mutability";

    /** What a file without {@code repositories} asks for: nothing. */
    public static final CachedRepositories DEFAULT =
            new CachedRepositories(List.of(), List.of(), Map.of(), Optional.empty(), Optional.empty(), List.of());

    /** Copies the collections; tags keep their order. */
    public CachedRepositories {
        expire = List.copyOf(expire);
        policy = List.copyOf(policy);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        kmsKeys = List.copyOf(kmsKeys);
    }

    /** ECR's lifecycle policy, its rules marked as Larder's; empty when nothing is to expire. */
    public Optional<String> lifecyclePolicyText() {
        return expire.isEmpty() ? Optional.empty() : Optional.of(LifecyclePolicyText.of(expire));
    }

    /** The repository policy as a document; empty when there are no statements. */
    public Optional<String> repositoryPolicyText() {
        return policy.isEmpty() ? Optional.empty() : Optional.of(RepositoryPolicyText.of(policy));
    }

    /** The key of a cell. */
    public Optional<String> kmsKey(Cell cell) {
        return kmsKeys.stream()
                .filter(arn -> arn.contains(":kms:" + cell.region() + ":" + cell.account() + ":"))
                .findFirst();
    }
}
