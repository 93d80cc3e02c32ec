package dev.larder.functions.ecr;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import java.util.Set;

/** ECR could not do what was asked, with the kind of failure. */
public final class CacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Set<FailureKind> PASSING =
            Set.of(FailureKind.ECR_THROTTLING, FailureKind.ECR_UNAVAILABLE, FailureKind.NETWORK);

    private final transient Failure failure;

    /**
     * @param action what could not be done, {@code could not} left out
     * @param failure why
     */
    public CacheException(String action, Failure failure) {
        super("could not " + action + ": " + failure);
        this.failure = failure;
    }

    private CacheException(String action, Failure failure, Throwable cause) {
        super("could not " + action + ": " + failure, cause);
        this.failure = failure;
    }

    static CacheException of(String action, Failure failure, Throwable cause) {
        return new CacheException(action, failure, cause);
    }

    static CacheException unreadable(String what, Throwable cause) {
        return new CacheException(
                "read the " + what,
                new Failure(FailureKind.UNKNOWN, "UnreadableManifest", String.valueOf(cause.getMessage())),
                cause);
    }

    /** Why. */
    public Failure failure() {
        return failure;
    }

    /** Whether ECR may do in a minute what it does not do now: it is busy, or out of reach. */
    public boolean passes() {
        return PASSING.contains(failure.kind());
    }
}
