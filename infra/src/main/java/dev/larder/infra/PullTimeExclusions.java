package dev.larder.infra;

import java.util.LinkedHashSet;
import java.util.Set;
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

    /** Adds what the file excludes, each once; of Larder's own roles only those that its functions add themselves. */
    void addConfigured(Deployment deployment) {
        Set<String> arns = new LinkedHashSet<>(deployment.config().usage().exclude());
        // ECR refuses a principal a second time
        CellStack.ownRoles(deployment).stream().map(deployment::roleArn).forEach(arns::remove);
        arns.forEach(arn -> exclude(arn, arn));
    }

    private void exclude(String name, String arn) {
        new CfnPullTimeUpdateExclusion(
                this,
                name,
                CfnPullTimeUpdateExclusionProps.builder().principalArn(arn).build());
    }
}
