package dev.larder.local.front;

import java.io.IOException;

/** Another program listens on the port. */
public final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param option the command line's option that names another port */
    public PortInUseException(int port, String option, Throwable cause) {
        super(
                "port " + port + " of 127.0.0.1 is in use (" + cause.getMessage()
                        + "). Stop the program that has it, or" + " choose another port with " + option + ".",
                cause);
    }
}
