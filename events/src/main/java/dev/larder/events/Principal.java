package dev.larder.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who made a call: CloudTrail's {@code userIdentity}. What CloudTrail masks ({@code HIDDEN_DUE_TO_SECURITY_REASONS}) is
 * absent here.
 *
 * @param type {@code IAMUser}, {@code AssumedRole}, {@code Root}, {@code AWSAccount}, {@code AWSService}, ...
 * @param account 12 digits
 * @param arn the user's ARN, or a role session's {@code arn:aws:sts::<account>:assumed-role/<role>/<session>}
 * @param sessionIssuerArn the ARN of the role that the session was made from, path included
 * @param invokedBy the service that made the call on someone's behalf; {@code ecr.amazonaws.com} for every pull that a
 *     client makes through the registry's protocol
 * @param principalId the unique id that IAM gives, for instance {@code AROA...:<session>}
 */
public record Principal(
        String type,
        Optional<String> account,
        Optional<String> arn,
        Optional<String> sessionIssuerArn,
        Optional<String> invokedBy,
        Optional<String> principalId) {
    /** The name under which pulls of callers that CloudTrail does not name are counted. */
    public static final String UNKNOWN = "unknown";

    private static final Pattern SESSION = Pattern.compile("arn:[^:]+:sts::\\d*:assumed-role/[^/]+/([^/]+)");

    /**
     * The name to count and to exclude by: the session issuer's ARN, or else the caller's own ARN. A caller that
     * CloudTrail names by account only (another account, by a repository policy) is counted by its 12 digits; a service
     * by its host name.
     */
    public String countedAs() {
        return sessionIssuerArn
                .or(() -> arn)
                .or(() -> account)
                .or(() -> invokedBy)
                .orElse(UNKNOWN);
    }

    /**
     * The name of a role's session: the last part of {@code arn:aws:sts::<account>:assumed-role/<role>/<session>}. Empty
     * for users, services, and callers of other accounts that CloudTrail gives no ARN for.
     */
    public Optional<String> session() {
        return arn.map(SESSION::matcher).filter(Matcher::matches).map(session -> session.group(1));
    }
}
