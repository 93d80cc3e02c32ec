package dev.larder.functions.upstream;

import java.time.Instant;
import java.util.Optional;

/**
 * What ECR said when it last tried the credentials of an upstream's rule.
 *
 * @param failure why they do not work; empty when they do
 * @param since since when it has been so: as far as the checks tell
 * @param checkedAt when it was last tried
 */
public record RuleCheck(Optional<String> failure, Instant since, Instant checkedAt) {
    /** Whether the credentials work. */
    public boolean valid() {
        return failure.isEmpty();
    }

    /** The next check, which keeps since when it has been so. */
    public RuleCheck then(Optional<String> nextFailure, Instant now) {
        return new RuleCheck(nextFailure, nextFailure.isEmpty() == valid() ? since : now, now);
    }
}
