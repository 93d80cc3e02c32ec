package dev.larder.functions.warm;

import dev.larder.domain.upstream.Failure;

/** An image could not be warmed: an expected outcome, that the worker records. */
final class WarmFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    WarmFailedException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
