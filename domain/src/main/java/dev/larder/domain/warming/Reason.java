package dev.larder.domain.warming;

/** Why an image is worth warming, the most pressing first. */
public enum Reason {
    /** The file asks for it, and it is not in the cache. */
    PINNED,
    /** Its tag's check of the upstream nears 24 hours: the next pull would pay for it. */
    STALE,
    /** Many pull it, and it is not in the cache. */
    POPULAR
}
