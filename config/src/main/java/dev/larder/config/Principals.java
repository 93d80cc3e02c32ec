package dev.larder.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * ARNs of roles and users, as {@code RegisterPullTimeUpdateExclusion} takes them: {@code PrincipalArn} in ECR's API
 * model, at most 200 characters, and at most {@link AwsLimits#PULL_TIME_EXCLUSIONS} in an account. That action adds to the
 * list of a registry, which is an account's in one region; so the limit is taken to be for each region (inferred).
 */
final class Principals {
    private static final Pattern ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/[\\w+=,.@-]+(/[\\w+=,.@-]+)*");
    private static final int LONGEST = 200;

    /** Those of Larder's own roles that fetch manifests are excluded too: WarmWorker's and LifecycleEnforcer's. */
    private static final int OWN = 2;

    private Principals() {}

    static List<String> bind(Entry entry) {
        List<String> arns = entry.texts(Principals::read);
        int most = AwsLimits.PULL_TIME_EXCLUSIONS - OWN;
        if (arns.size() > most) {
            entry.problem(
                    arns.size() + " principals",
                    "at most " + most + ": ECR excludes " + AwsLimits.PULL_TIME_EXCLUSIONS
                            + " principals from pull times in an account, and " + OWN
                            + " are Larder's own roles; remove " + (arns.size() - most)
                            + " from usage.exclude, for instance by letting scanners share a role");
        }
        return arns;
    }

    private static String read(String text) {
        if (text.contains("*")) {
            throw new UnexpectedText("the ARN of one role or user: ECR takes no * here");
        }
        if (text.length() > LONGEST || !ARN.matcher(text).matches()) {
            throw new UnexpectedText("the ARN of a role or user, such as arn:aws:iam::111122223333:role/scanner");
        }
        return text;
    }
}
