package dev.larder.infra;

import dev.larder.config.CachedRepositories;
import dev.larder.config.TagMutability;
import dev.larder.config.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.ecr.CfnRepositoryCreationTemplate.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.ecr.CfnRepositoryCreationTemplate.ImageTagMutabilityExclusionFilterProperty;
import software.amazon.awscdk.services.ecr.CfnRepositoryCreationTemplateProps;

/**
 * The template for the repositories of an upstream: their desired state, which new ones have from the start. The
 * functions read it from ECR and bring old ones there.
 *
 * <p>Nothing expires while {@code lifecycle.enforce} is false, which promises that nothing is deleted.
 */
final class RepositoryTemplate {
    /** What a template is for; ECR has others, such as replication. */
    private static final String APPLIED_FOR = "PULL_THROUGH_CACHE";

    /** What ECR does where nothing is said. */
    private static final TagMutability MUTABLE = new TagMutability(true, List.of());

    private RepositoryTemplate() {}

    static CfnRepositoryCreationTemplateProps props(
            Deployment deployment, Upstream upstream, RepositoryCreator creator) {
        CachedRepositories wanted = deployment.config().repositories(upstream.prefix());
        CfnRepositoryCreationTemplateProps.Builder props = CfnRepositoryCreationTemplateProps.builder()
                .prefix(upstream.prefix())
                .appliedFor(List.of(APPLIED_FOR))
                .description("What Larder caches from " + upstream.url())
                .resourceTags(tags(wanted, creator))
                .customRoleArn(creator.roleArn());
        mutability(wanted.tagMutability().orElse(MUTABLE), props);
        wanted.repositoryPolicyText().ifPresent(props::repositoryPolicy);
        Optional<String> expiring =
                deployment.config().lifecycle().enforce() ? wanted.lifecyclePolicyText() : Optional.empty();
        expiring.ifPresent(props::lifecyclePolicy);
        wanted.kmsKey(deployment.cell())
                .ifPresent(key -> props.encryptionConfiguration(EncryptionConfigurationProperty.builder()
                        .encryptionType("KMS")
                        .kmsKey(key)
                        .build()));
        return props.build();
    }

    private static void mutability(TagMutability wanted, CfnRepositoryCreationTemplateProps.Builder props) {
        props.imageTagMutability(wanted.id());
        if (!wanted.except().isEmpty()) {
            props.imageTagMutabilityExclusionFilters(wanted.except().stream()
                    .map(pattern -> ImageTagMutabilityExclusionFilterProperty.builder()
                            .imageTagMutabilityExclusionFilterType("WILDCARD")
                            .imageTagMutabilityExclusionFilterValue(pattern)
                            .build())
                    .toList());
        }
    }

    private static List<CfnTag> tags(CachedRepositories wanted, RepositoryCreator creator) {
        Map<String, String> tags = new TreeMap<>(wanted.tags());
        tags.putAll(creator.tags());
        wanted.scanOnPush().ifPresent(scan -> tags.put(CachedRepositories.SCAN_ON_PUSH_TAG, String.valueOf(scan)));
        wanted.tagMutability()
                .ifPresent(mutability -> tags.put(CachedRepositories.TAG_MUTABILITY_TAG, mutability.id()));
        return tags.entrySet().stream()
                .map(tag ->
                        CfnTag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
