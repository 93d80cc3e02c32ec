package dev.larder.infra;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import java.util.Optional;
import software.amazon.awscdk.services.ecr.CfnPullThroughCacheRule;
import software.amazon.awscdk.services.ecr.CfnPullThroughCacheRuleProps;
import software.amazon.awscdk.services.ecr.CfnRepositoryCreationTemplate;
import software.constructs.Construct;

/**
 * A cache rule for one upstream, and the template for the repositories that it creates. The template comes first, since
 * ECR applies it only at a repository's creation.
 *
 * <p>The secret is named by its ARN without the six random characters, which only a look-up could know. ECR's pattern
 * for the ARN takes that, and Secrets Manager finds a secret by such a partial ARN as long as its name does not itself
 * end in a dash and six characters; that ECR hands the ARN on as it is, is inferred, not documented. Whoever needs the
 * full ARN writes what follows {@code :secret:} in it as the name in the file ({@link dev.larder.config.SecretNames}).
 *
 * <p>CloudFormation replaces a rule when any of its properties changes, and creates the new one while the old one still
 * has the prefix, which ECR refuses (inferred). So rotate a secret's value, not its name.
 */
final class PullThroughCache extends Construct {
    PullThroughCache(Construct scope, String id, Deployment deployment, Upstream upstream, RepositoryCreator creator) {
        super(scope, id);
        CfnRepositoryCreationTemplate template = new CfnRepositoryCreationTemplate(
                this, "Template", RepositoryTemplate.props(deployment, upstream, creator));
        template.getNode().addDependency(creator);
        CfnPullThroughCacheRuleProps.Builder props = CfnPullThroughCacheRuleProps.builder()
                .ecrRepositoryPrefix(upstream.prefix())
                .upstreamRegistryUrl(upstream.url());
        registry(upstream).ifPresent(props::upstreamRegistry);
        upstream.credentials()
                .map(name -> deployment.arn("secretsmanager", "secret:" + name))
                .ifPresent(props::credentialArn);
        new CfnPullThroughCacheRule(this, "Rule", props.build()).getNode().addDependency(template);
    }

    /**
     * The property {@code UpstreamRegistry}, which is optional beside the URL. CloudFormation's documentation does not
     * list Chainguard's name, which ECR's API has, so the URL alone names it.
     */
    private static Optional<String> registry(Upstream upstream) {
        return switch (upstream.registry()) {
            case CUSTOM, CHAINGUARD -> Optional.empty();
            case DOCKER_HUB, ECR_PUBLIC, KUBERNETES, QUAY, GITHUB, GITLAB, AZURE ->
                Optional.of(upstream.registry()).map(Registry::id);
        };
    }
}
