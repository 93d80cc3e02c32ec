package dev.larder.config;

/** A text that has not the meaning it should have; the message is what was expected, without what was found. */
final class UnexpectedText extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    UnexpectedText(String expected) {
        super("expected " + expected);
        this.expected = expected;
    }

    String expected() {
        return expected;
    }
}
