package dev.larder.infra;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose calls are no pulls, as far as the rules for pulls leave them out already: Larder's own roles and ECR's role for
 * pull-through caches always, the file's {@code usage.exclude} in its order as far as they fit into the patterns. The
 * function that records pulls knows all of them and leaves out the rest, so that what does not fit costs invocations and
 * no exactness.
 *
 * @param roles ARNs of roles, without the sessions made from them
 * @param users ARNs of users
 */
record UncountedCallers(List<String> roles, List<String> users) {
    /** Without a region: the role is one in an account (ECR user guide, slr-pullthroughcache). */
    private static final String PULL_THROUGH_ROLE =
            "role/aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache";

    /**
     * Rules that the callers may make necessary. Each is a statement with a condition in the policies of the queue and of
     * its dead letters, which may have 10 conditions (SQS's policy quotas).
     */
    private static final int MOST_RULES = 5;

    /** Copies the lists. */
    UncountedCallers {
        roles = List.copyOf(roles);
        users = List.copyOf(users);
    }

    /** Those that the rules of a cell have room for. */
    static UncountedCallers of(Deployment deployment) {
        List<String> always = new ArrayList<>(CellStack.fetchingRoles(deployment).stream()
                .map(deployment::roleArn)
                .toList());
        always.add(deployment.iamArn(PULL_THROUGH_ROLE));
        UncountedCallers callers = new UncountedCallers(always, List.of());
        for (String arn : deployment.config().usage().exclude()) {
            UncountedCallers more = callers.and(arn);
            callers = more.fit(deployment.prefixes()) ? more : callers;
        }
        return callers;
    }

    private UncountedCallers and(String arn) {
        return arn.contains(":user/")
                ? new UncountedCallers(roles, with(users, arn))
                : new UncountedCallers(with(roles, arn), users);
    }

    private boolean fit(List<String> prefixes) {
        RuleSize.Pattern pattern = group -> EventPatterns.pulls(group, this);
        return RuleSize.eachFits(prefixes, pattern)
                && RuleSize.split(prefixes, pattern).size() <= MOST_RULES;
    }

    private static List<String> with(List<String> arns, String arn) {
        List<String> more = new ArrayList<>(arns);
        if (!more.contains(arn)) {
            more.add(arn);
        }
        return more;
    }
}
