package dev.larder.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * ARNs of roles and users, as {@code RegisterPullTimeUpdateExclusion} takes them: {@code PrincipalArn} in ECR's API
 * model, at most 200 characters, and at most {@link AwsLimits#PULL_TIME_EXCLUSIONS} in an account.
 */
final class Principals {
    private static final Pattern ARN = Pattern.compile("arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/[\\w+=,.@/-]+");
    private static final int LONGEST = 200;

    /** Larder's own roles, one for each function, are excluded too. */
    private static final int OWN = 5;

    private Principals() {}

    static List<String> bind(Entry entry) {
        List<String> arns = entry.texts(Principals::read);
        int most = AwsLimits.PULL_TIME_EXCLUSIONS - OWN;
        if (arns.size() > most) {
            entry.problem(
                    arns.size() + " principals",
                    "at most " + most + ": ECR excludes " + AwsLimits.PULL_TIME_EXCLUSIONS
                            + " principals from pull times in an account, and " + OWN + " are Larder's own roles");
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
