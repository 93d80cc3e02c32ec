package dev.larder.infra;

import java.util.List;

/** What a function needs to bring cached repositories to the state that their creation template says. */
final class DesiredState {
    private DesiredState() {}

    static void grant(Deployment deployment, LiveFunction function) {
        // templates are the registry's: IAM knows no resource for them (service authorization reference, ECR)
        function.allow(List.of("ecr:DescribeRepositoryCreationTemplates"), List.of("*"));
        function.allow(
                List.of(
                        "ecr:DeleteLifecyclePolicy",
                        "ecr:DeleteRepositoryPolicy",
                        "ecr:DescribeRepositories",
                        "ecr:GetLifecyclePolicy",
                        "ecr:GetLifecyclePolicyPreview",
                        "ecr:GetRepositoryPolicy",
                        "ecr:ListTagsForResource",
                        "ecr:PutImageScanningConfiguration",
                        "ecr:PutImageTagMutability",
                        "ecr:PutLifecyclePolicy",
                        "ecr:SetRepositoryPolicy",
                        "ecr:StartLifecyclePolicyPreview",
                        "ecr:TagResource"),
                deployment.cachedRepositories());
    }
}
