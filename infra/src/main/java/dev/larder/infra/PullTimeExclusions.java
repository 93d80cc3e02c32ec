package dev.larder.infra;

import java.util.LinkedHashSet;
import java.util.List;
import software.amazon.awscdk.services.ecr.CfnPullTimeUpdateExclusion;
import software.amazon.awscdk.services.ecr.CfnPullTimeUpdateExclusionProps;
import software.constructs.Construct;

/**
 * Principals whose pulls leave ECR's last pull time of an image as it is: those of Larder's own functions that fetch
 * manifests, which would make every image look used, and those whose pulls do not count by the file.
 */
final class PullTimeExclusions extends Construct {
    PullTimeExclusions(Construct scope, String id) {
        super(scope, id);
    }

    /** Adds the role of one of Larder's functions. */
    void add(String name, LiveFunction function) {
        exclude(name, function.role().getRoleArn());
    }

    /** Adds roles and users by their ARNs. */
    void add(List<String> arns) {
        new LinkedHashSet<>(arns).forEach(arn -> exclude(arn, arn));
    }

    private void exclude(String name, String arn) {
        new CfnPullTimeUpdateExclusion(
                this,
                name,
                CfnPullTimeUpdateExclusionProps.builder().principalArn(arn).build());
    }
}
