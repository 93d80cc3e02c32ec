package dev.larder.local.ecr;

import java.io.IOException;

/** Bytes that are not what their digest or size promised. */
public final class BlobMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message the digest or size that was promised, and the one found */
    public BlobMismatchException(String message) {
        super(message);
    }
}
