package dev.larder.local.oci;

/** A document that is no manifest: not JSON, of an unknown media type, or with references that cannot be read. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what a manifest would have there */
    public InvalidManifestException(String message) {
        super(message);
    }
}
