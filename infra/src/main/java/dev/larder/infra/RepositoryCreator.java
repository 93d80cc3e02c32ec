package dev.larder.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PolicyStatementProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.RoleProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The role with which ECR creates a cached repository from its template, and the tags that it gives it. A template with
 * tags must name such a role, or the creation fails (ECR user guide, repository creation templates).
 *
 * <p>The actions are those of the guide's policy for such roles, without {@code ecr:ReplicateImage}, which is for
 * replication. Those of KMS are for keys of one's own, and only where the file names one.
 */
final class RepositoryCreator extends Construct {
    private final Role role;
    private final Map<String, String> tags;

    RepositoryCreator(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        tags = new TreeMap<>(
                Map.of("managed-by", "larder", "larder:cell", deployment.cell().toString()));
        role = new Role(
                this,
                "Role",
                RoleProps.builder()
                        .assumedBy(new ServicePrincipal("ecr.amazonaws.com"))
                        .build());
        role.addToPolicy(new PolicyStatement(PolicyStatementProps.builder()
                .actions(List.of("ecr:CreateRepository", "ecr:TagResource"))
                .resources(deployment.cachedRepositories())
                .build()));
        List<String> keys = deployment.config().upstreams().stream()
                .flatMap(upstream ->
                        deployment.config().repositories(upstream.prefix()).kmsKey(deployment.cell()).stream())
                .distinct()
                .toList();
        if (!keys.isEmpty()) {
            role.addToPolicy(new PolicyStatement(PolicyStatementProps.builder()
                    .actions(List.of("kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"))
                    .resources(keys)
                    .build()));
        }
    }

    String roleArn() {
        return role.getRoleArn();
    }

    /** What every cached repository is tagged with. */
    Map<String, String> tags() {
        return tags;
    }
}
