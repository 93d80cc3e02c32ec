package dev.larder.events;

/** Why an image is to be warm. */
public enum WarmReason {
    /** The file names it. */
    PINNED,
    /** It is one of the newest versions that the file follows. */
    TRACKED,
    /** It is pulled a lot. */
    POPULAR,
    /**
     * ECR's next check of its tag falls into a user's pull; a pinned digest was not seen in the cache for a day; or the last
     * order failed after its image had come, and nobody saw whether it is whole.
     */
    STALE,
    /** It is new in a family of tags whose members are pulled. */
    SUCCESSOR,
    /** It is pulled a lot in another cell. */
    WANTED_ELSEWHERE,
    /** A user just failed to get it. */
    FAILED_PULL,
    /** It was evicted, and then someone pulled it after all. */
    EVICTED_TOO_EARLY,
    /** It was evicted, and someone wants it back. */
    UNDO,
    /** A person asked. */
    MANUAL,
    /** It is cached, but not for every platform that is wanted. */
    MISSING_PLATFORM;

    /** Whether a plan orders images for it, and pays for them; the others are ordered by people or by events. */
    public boolean isPlanned() {
        return switch (this) {
            case PINNED, TRACKED, POPULAR, STALE, SUCCESSOR, WANTED_ELSEWHERE, FAILED_PULL, EVICTED_TOO_EARLY -> true;
            case UNDO, MANUAL, MISSING_PLATFORM -> false;
        };
    }
}
