package dev.larder.local.aws;

import java.util.Optional;

/**
 * Who calls: an IAM user, or a session of a role.
 *
 * @param account the caller's 12-digit account
 * @param accessKeyId the key that signed the call
 * @param name the name of the user or role, its path included where it has one ({@code aws-service-role/x/Name})
 * @param session the role session's name; empty for a user
 */
public record Caller(String account, String accessKeyId, String name, Optional<String> session) {
    /** What {@code sts:GetCallerIdentity} says. */
    public String arn() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return session.map(s -> "arn:aws:sts::" + account + ":assumed-role/" + last + "/" + s)
                .orElseGet(() -> "arn:aws:iam::" + account + ":user/" + name);
    }

    /** The ARN of the role behind the session; for a user the user's own. */
    public String issuerArn() {
        return session.isPresent() ? "arn:aws:iam::" + account + ":role/" + name : arn();
    }
}
