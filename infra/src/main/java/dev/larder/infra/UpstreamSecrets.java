package dev.larder.infra;

import dev.larder.config.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The secrets with which functions log in at upstreams, as ECR does. */
final class UpstreamSecrets {
    /** What Secrets Manager puts behind a name in the ARN (its user guide: IAM policy examples). */
    private static final String ANY_SUFFIX = "-??????";

    private static final Pattern WITH_SUFFIX = Pattern.compile(".*-[A-Za-z0-9]{6}");

    private UpstreamSecrets() {}

    /** Lets a function read the value of each upstream's secret, and of no other. */
    static void grantRead(Deployment deployment, LiveFunction function) {
        List<String> secrets = deployment.config().upstreams().stream()
                .map(Upstream::credentials)
                .flatMap(Optional::stream)
                .distinct()
                .map(name -> deployment.arn("secretsmanager", "secret:" + name))
                .flatMap(UpstreamSecrets::patterns)
                .toList();
        if (!secrets.isEmpty()) {
            function.allow(List.of("secretsmanager:GetSecretValue"), secrets);
        }
    }

    /** A file may name a secret with its suffix, see {@link PullThroughCache}. */
    private static Stream<String> patterns(String arn) {
        return WITH_SUFFIX.matcher(arn).matches() ? Stream.of(arn, arn + ANY_SUFFIX) : Stream.of(arn + ANY_SUFFIX);
    }
}
