package dev.larder.events;

/** Why an image is to be warm. */
public enum WarmReason {
    /** The file names it. */
    PINNED,
    /** It is pulled a lot. */
    POPULAR,
    /** ECR's next check of its tag falls into a user's pull. */
    STALE,
    /** It was evicted, and someone wants it back. */
    UNDO,
    /** A person asked. */
    MANUAL,
    /** It is cached, but not for every platform that is wanted. */
    MISSING_PLATFORM
}
