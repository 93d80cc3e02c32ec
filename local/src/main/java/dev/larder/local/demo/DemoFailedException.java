package dev.larder.local.demo;

/** A step of the demo that did not go as told. */
public final class DemoFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was expected and what was found */
    public DemoFailedException(String message) {
        super(message);
    }

    /** Ends the demo unless it is so. */
    static void unless(boolean so, String expected, Object found) throws DemoFailedException {
        if (!so) {
            throw new DemoFailedException("expected " + expected + ", found " + found);
        }
    }
}
