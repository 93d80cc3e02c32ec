package dev.larder.functions.registry;

import dev.larder.domain.upstream.Failure;

/** There should be a login, and it cannot be had. */
public final class CredentialsException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    /** @param failure why */
    public CredentialsException(Failure failure) {
        super(failure.reason());
        this.failure = failure;
    }

    /** Why. */
    public Failure failure() {
        return failure;
    }
}
