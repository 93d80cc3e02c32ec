package dev.larder.domain.upstream;

/** Why an image could not be brought into the cache, as far as it matters for what to do next. */
public enum FailureKind {
    /** The upstream counts our pulls and has had enough. */
    UPSTREAM_LIMIT(true, true),
    /** The upstream does not answer, or with an error of its own. */
    UPSTREAM_UNAVAILABLE(true, true),
    /** The rule's secret is missing, unreadable, or refused: nothing under the rule can work. */
    CREDENTIALS(false, true),
    /** The upstream refuses this image; Docker Hub also says so of repositories that do not exist. */
    DENIED(false, false),
    /** There is no such image. */
    NOT_FOUND(false, false),
    /** The file's allow-list does not have it, or no upstream of ours does. */
    NOT_ALLOWED(false, false),
    /** Larger than ECR or the upstream will do. */
    TOO_LARGE(false, false),
    /** ECR asks us to slow down. */
    ECR_THROTTLING(true, false),
    /** A quota of ECR is used up: repositories, images, tags. */
    ECR_QUOTA(false, false),
    /** ECR answers with an error of its own. */
    ECR_UNAVAILABLE(true, false),
    /** Our own role lacks a permission. */
    ACCESS(false, false),
    /** The manifest is there, and something that it names is not yet. */
    INCOMPLETE(true, false),
    /** The connection broke or timed out. */
    NETWORK(true, false),
    /** The circuit of the upstream is open: it was not asked. */
    CIRCUIT_OPEN(true, false),
    /** Nothing that is known: worth another try, not worth blaming the upstream. */
    UNKNOWN(true, false);

    private final boolean retryable;
    private final boolean upstreamsFault;

    FailureKind(boolean retryable, boolean upstreamsFault) {
        this.retryable = retryable;
        this.upstreamsFault = upstreamsFault;
    }

    /** Whether the same order may succeed later with nobody doing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether it counts against the upstream's circuit, since its other images would fail as well. */
    public boolean upstreamsFault() {
        return upstreamsFault;
    }
}
