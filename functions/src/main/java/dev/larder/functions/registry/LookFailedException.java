package dev.larder.functions.registry;

import dev.larder.domain.upstream.Failure;

/** A look at an upstream that came to nothing. */
final class LookFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    LookFailedException(Failure failure) {
        super(failure.reason());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
