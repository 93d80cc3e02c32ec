package dev.larder.domain.upstream;

/** Why an image could not be brought into the cache, as far as it matters for what to do next. */
public enum FailureKind {
    /** The upstream counts our pulls and has had enough. */
    UPSTREAM_LIMIT(true, true, false),
    /** The upstream does not answer, or with an error of its own. */
    UPSTREAM_UNAVAILABLE(true, true, false),
    /** The rule's secret is missing, unreadable, or refused: nothing under the rule can work. */
    CREDENTIALS(false, true, false),
    /** The upstream refuses this image; Docker Hub also says so of repositories that do not exist. */
    DENIED(false, false, true),
    /** There is no such image. */
    NOT_FOUND(false, false, true),
    /** The file's allow-list does not have it, or no upstream of ours does. */
    NOT_ALLOWED(false, false, true),
    /** Larger than ECR, the upstream or Larder will do. */
    TOO_LARGE(false, false, true),
    /** The tag cannot follow its upstream: the repository's tags are immutable. */
    IMMUTABLE(false, false, true),
    /** The upstream answered, and not as the distribution specification says: no digest, no list, a link to elsewhere. */
    BAD_ANSWER(true, false, true),
    /** ECR asks us to slow down. */
    ECR_THROTTLING(true, false, false),
    /** A quota of ECR is used up: repositories, images, tags. */
    ECR_QUOTA(false, false, false),
    /** ECR answers with an error of its own. */
    ECR_UNAVAILABLE(true, false, false),
    /** Our own role lacks a permission. */
    ACCESS(false, false, false),
    /** The manifest is there, and something that it names is not yet. */
    INCOMPLETE(true, false, true),
    /** The connection broke or timed out. */
    NETWORK(true, false, false),
    /** The circuit of the upstream is open: it was not asked. */
    CIRCUIT_OPEN(true, false, false),
    /** What is left of the upstream's budget does not pay for it: it was not asked. */
    BUDGET_SPENT(true, false, false),
    /** An import of it would cost more than the upstream's budget holds: it was not imported. */
    TOO_DEAR(true, false, true),
    /** Another order is at an image that this one needs. */
    BUSY(true, false, false),
    /** Nothing that is known: worth another try, not worth blaming the upstream. */
    UNKNOWN(true, false, false);

    private final boolean retryable;
    private final boolean upstreamsFault;
    private final boolean imagesOwn;

    FailureKind(boolean retryable, boolean upstreamsFault, boolean imagesOwn) {
        this.retryable = retryable;
        this.upstreamsFault = upstreamsFault;
        this.imagesOwn = imagesOwn;
    }

    /** Whether the same order may succeed later with nobody doing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether it counts against the upstream's circuit, since its other images are likely to fail as well. */
    public boolean upstreamsFault() {
        return upstreamsFault;
    }

    /** Whether it says something of this image, which the next try is likely to meet again, and nothing of the others. */
    public boolean imagesOwn() {
        return imagesOwn;
    }

    /** Whether an image that failed so is left alone for a while: the next try would meet the same, until somebody acts. */
    public boolean lasts() {
        return imagesOwn || this == ACCESS || this == ECR_QUOTA;
    }
}
