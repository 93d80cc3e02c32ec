package dev.larder.infra;

import java.util.List;

/** What a function needs that asks which images are in use, and what else speaks against an eviction. */
final class InUseReading {
    private InUseReading() {}

    /**
     * Lets the function ask ECS, Lambda, ECR and the upstreams. The lists that clusters report are in the table, which is
     * granted apart, as are the answers of the upstreams: {@code BatchWriteItem}, {@code DeleteItem}, {@code GetItem},
     * {@code PutItem}, {@code Query} and {@code UpdateItem}.
     */
    static void grant(Deployment deployment, LiveFunction function) {
        // all clusters and functions of the cell, whatever they are called; it only reads
        function.allow(
                List.of(
                        "ecs:DescribeServiceRevisions",
                        "ecs:DescribeServices",
                        "ecs:DescribeTaskDefinition",
                        "ecs:DescribeTasks",
                        "ecs:ListClusters",
                        "ecs:ListServices",
                        "ecs:ListTaskDefinitionFamilies",
                        "ecs:ListTaskDefinitions",
                        "ecs:ListTasks",
                        "lambda:ListFunctions"),
                List.of("*"));
        function.allow(List.of("lambda:GetFunction"), List.of(deployment.arn("lambda", "function:*")));
        // the registry's own settings, and Inspector behind the findings (ECR user guide, "IAM permissions required for
        // enhanced scanning"), take no resource
        function.allow(
                List.of(
                        "ecr:DescribeRegistry",
                        "ecr:GetRegistryScanningConfiguration",
                        "inspector2:ListCoverage",
                        "inspector2:ListFindings"),
                List.of("*"));
        function.allow(
                List.of("ecr:DescribeImageReplicationStatus", "ecr:DescribeImageScanFindings"),
                deployment.cachedRepositories());
        UpstreamSecrets.grantRead(deployment, function);
    }
}
