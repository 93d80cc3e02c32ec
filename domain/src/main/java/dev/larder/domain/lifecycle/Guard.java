package dev.larder.domain.lifecycle;

/** What keeps an image from being evicted. */
public enum Guard {
    /** Not under the prefix of an upstream. */
    NOT_CACHED,
    /** ECR or the record did not say what has to be known. */
    UNKNOWN,
    /** Kept warm by the file. */
    PINNED,
    /** Matches {@code protect} of its rule, by a tag or with its whole repository. */
    PROTECTED,
    /** The usage record is incomplete, or younger than the time without pulls. */
    RECORD_TOO_YOUNG,
    /** Pulled too lately. */
    PULLED,
    /** Pushed or imported too lately. */
    PUSHED,
    /** Warmed too lately. */
    WARMED,
    /** Its last tag moved away too lately. */
    SUPERSEDED_LATELY,
    /** Among the newest of its family. */
    NEWEST_OF_FAMILY,
    /** ECS, Lambda, ECR or a list that a cluster reported says that it runs somewhere. */
    IN_USE,
    /** Where images run could not be read, or not wholly. */
    IN_USE_UNREADABLE,
    /** Copied to another registry right now, or nobody could say. */
    REPLICATING,
    /** The upstream no longer has it: it could not be had again. */
    GONE_UPSTREAM,
    /** Whether the upstream still has it is not known yet: unreachable, refused, or the budget is spent. */
    UPSTREAM_UNCHECKED,
    /** Listed by an index that stays. */
    LISTED,
    /** Lists a manifest that somebody needs, and no other index that is needed lists it. */
    CHILD_IN_USE,
    /** What it is about stays. */
    SUBJECT_STAYS,
    /** A referrer of it stays. */
    REFERRER_STAYS,
    /** An index in the repository could not be read: it may list this one. */
    MAYBE_LISTED,
    /** It and others refer to each other in a circle, so that none could go first. */
    CIRCLE,
    /** The run's limits are reached. */
    LIMIT
}
