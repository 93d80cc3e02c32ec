package dev.larder.infra;

import dev.larder.config.SecretNames;
import dev.larder.config.Upstream;
import java.util.List;
import java.util.Optional;

/** The secrets with which functions log in at upstreams, as ECR does. */
final class UpstreamSecrets {
    /** What Secrets Manager puts behind a name in the ARN (its user guide: IAM policy examples). */
    private static final String ANY_SUFFIX = "-??????";

    private UpstreamSecrets() {}

    /** Lets a function read the value of each upstream's secret, and of no other. */
    static void grantRead(Deployment deployment, LiveFunction function) {
        List<String> secrets = deployment.config().upstreams().stream()
                .map(Upstream::credentials)
                .flatMap(Optional::stream)
                .distinct()
                .map(name -> SecretNames.hasSuffix(name) ? name : name + ANY_SUFFIX)
                .map(name -> deployment.arn("secretsmanager", "secret:" + name))
                .toList();
        if (!secrets.isEmpty()) {
            function.allow(List.of("secretsmanager:GetSecretValue"), secrets);
        }
    }
}
