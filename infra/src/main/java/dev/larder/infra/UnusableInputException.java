package dev.larder.infra;

/** What the app was started with cannot be used; the message says what to do. */
public final class UnusableInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableInputException(String message) {
        super(message);
    }
}
