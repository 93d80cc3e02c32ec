package dev.larder.local.upstream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that did not give what was asked for. An {@link IOException}, so that it passes through whoever reads a
 * blob and can still be told from a failure of the reader's own disk.
 */
public final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1L;

    private final UpstreamFailure failure;

    /** @param message what was tried, what was found and what to do */
    public UpstreamException(UpstreamFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    static UpstreamException because(UpstreamFailure failure, String action, String finding) {
        return new UpstreamException(failure, "could not " + action + ": " + finding, null);
    }

    /** How the upstream failed. */
    public UpstreamFailure failure() {
        return failure;
    }

    /** What was tried, what was found and what to do. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /**
     * The same seen from the image that this was a part of: an upstream that lists a part and does not have it is not
     * an image that does not exist, but an upstream in disorder.
     */
    UpstreamException ofPart() {
        return failure == UpstreamFailure.NOT_FOUND
                ? new UpstreamException(
                        UpstreamFailure.UNAVAILABLE,
                        reason()
                                + "; the image lists this part, so the upstream's copy is incomplete: push it there again",
                        this)
                : this;
    }
}
