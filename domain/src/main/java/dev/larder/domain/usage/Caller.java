package dev.larder.domain.usage;

import java.util.Optional;

/**
 * Who fetched an image.
 *
 * @param principal the role's or user's ARN, or what CloudTrail gives in its place
 * @param session the name of the role's session, which one node, task or job has for itself; absent for users
 */
public record Caller(String principal, Optional<String> session) {
    /** A caller without a session. */
    public static Caller of(String principal) {
        return new Caller(principal, Optional.empty());
    }

    /** What the session's name tells of the workload, as text. */
    public Optional<String> workload() {
        return session.flatMap(Workload::ofSession).map(Workload::toString);
    }
}
