package dev.larder.functions.table;

/** The names of the table's attributes, each once, for writers and readers. */
public final class Attributes {
    /** Hash key, text. */
    public static final String PK = "pk";

    /** Range key, text. */
    public static final String SK = "sk";

    /** When DynamoDB may drop the item, epoch seconds. */
    public static final String EXPIRES_AT = "expiresAt";

    /** The index of images by popularity, and its range key: log2 of the decayed number of pulls. */
    public static final String POPULARITY = "popularity";

    /** Hash key of the index {@link #POPULARITY}: {@code upstream#<prefix>}. */
    public static final String POPULARITY_OF = "popularityOf";

    /** A manifest's digest. */
    public static final String DIGEST = "digest";

    /** When the digest came into the cache, ISO instant. */
    public static final String IMPORTED_AT = "importedAt";

    /** When the tag was last compared with the upstream, ISO instant. */
    public static final String CHECKED_AT = "checkedAt";

    /** When it was before that, should ECR say that this check failed, ISO instant. */
    public static final String CHECKED_BEFORE = "checkedBefore";

    /** When ECR said that a check of the tag failed, ISO instant. */
    public static final String CHECK_FAILED_AT = "checkFailedAt";

    /** Stands for the settings of the lifecycle that a run started with, text. */
    public static final String SETTINGS = "settings";

    /** Which try at a piece of a run was the first to be done, or is at work, text. */
    public static final String ATTEMPT = "attempt";

    /** When what a run had selected stayed, ISO instant. */
    public static final String KEPT_AT = "keptAt";

    /** When a piece of a run was done, ISO instant. */
    public static final String DONE_AT = "doneAt";

    /** When Larder last warmed the image, ISO instant. */
    public static final String WARMED_AT = "warmedAt";

    /** How often in a row warming the image failed for a reason of its own, number. */
    public static final String WARM_FAILURES = "warmFailures";

    /** When it last did, ISO instant. */
    public static final String LAST_WARM_FAILURE_AT = "lastWarmFailureAt";

    /** The failure code of that, as it came. */
    public static final String LAST_WARM_FAILURE_CODE = "lastWarmFailureCode";

    /** The reason that came with it. */
    public static final String LAST_WARM_FAILURE_REASON = "lastWarmFailureReason";

    /** When a cluster reported what it uses, ISO instant. */
    public static final String LISTED_AT = "listedAt";

    /** Until when what a cluster reported is believed, ISO instant. */
    public static final String FRESH_UNTIL = "freshUntil";

    /** Which of a cluster's reports it is. */
    public static final String GENERATION = "generation";

    /** In how many items a report is, number. */
    public static final String PARTS = "parts";

    /** How many images a report has, number. */
    public static final String IMAGE_COUNT = "imageCount";

    /** The images of a part of a report, list of texts. */
    public static final String IMAGES = "images";

    /** Whether an upstream has an image, boolean. */
    public static final String HELD = "held";

    /** Whether an upstream has, or had, an image by its digest alone, boolean; absent for not. */
    public static final String BY_DIGEST = "byDigest";

    /** Why nobody knows that the image, when it was warmed, was what the upstream has. */
    public static final String UNVERIFIED = "unverified";

    /** When a client last pulled the image, ISO instant. */
    public static final String LAST_PULLED_AT = "lastPulledAt";

    /** Pulls so far, number. */
    public static final String PULLS = "pulls";

    /** Pulls so far that made ECR go upstream, number. */
    public static final String COLD_PULLS = "coldPulls";

    /** A manifest's media type. */
    public static final String MEDIA_TYPE = "mediaType";

    /** Digests of the manifests that an index lists, string set. */
    public static final String CHILDREN = "children";

    /** Platforms of the image, string set. */
    public static final String PLATFORMS = "platforms";

    /** Compressed bytes, number. */
    public static final String SIZE_BYTES = "sizeBytes";

    /** Configurations and layers of a manifest. */
    public static final String BLOBS = "blobs";

    /** What failed since anything of an upstream could be had, list of texts. */
    public static final String SUSPECTS = "suspects";

    /** How often an upstream's circuit opened in a row, number. */
    public static final String TRIPS = "trips";

    /** Until when nothing is asked of an upstream, ISO instant. */
    public static final String CIRCUIT_OPEN_UNTIL = "circuitOpenUntil";

    /** When an upstream last failed, ISO instant. */
    public static final String LAST_FAILURE_AT = "lastFailureAt";

    /** The failure code that an upstream last gave, as it came. */
    public static final String LAST_FAILURE_CODE = "lastFailureCode";

    /** The reason that came with it. */
    public static final String LAST_FAILURE_REASON = "lastFailureReason";

    /** What is left of an upstream's budget, number. */
    public static final String TOKENS = "tokens";

    /** As of when, ISO instant. */
    public static final String TOKENS_AT = "tokensAt";

    /** The limit that an upstream last reported, number of pulls. */
    public static final String REPORTED_LIMIT = "reportedLimit";

    /** What it said was left of it, number of pulls. */
    public static final String REPORTED_REMAINING = "reportedRemaining";

    /** The window that it counts in, number of seconds. */
    public static final String REPORTED_WINDOW = "reportedWindow";

    /** When it said so, ISO instant. */
    public static final String REPORTED_AT = "reportedAt";

    /** What was spent since, number of pulls. */
    public static final String REPORT_SPENT = "reportSpent";

    /** What an upstream's budget is or was last saved for, an image. */
    public static final String SAVED_FOR = "savedFor";

    /** Until when at the latest, ISO instant. */
    public static final String SAVING_UNTIL = "savingUntil";

    /** The warm order that holds the lease. */
    public static final String ORDER_ID = "orderId";

    /** Since when it holds it, ISO instant. */
    public static final String LEASE_FROM = "leaseFrom";

    /** Until when it holds it, ISO instant. */
    public static final String LEASE_UNTIL = "leaseUntil";

    /** Platforms of which everything is in the cache while an order is at it, string set. */
    public static final String LANDED = "landed";

    /** What became of the order that had the lease. */
    public static final String OUTCOME = "outcome";

    /** Why it failed: the kind. */
    public static final String FAILURE_KIND = "failureKind";

    /** The code. */
    public static final String FAILURE_CODE = "failureCode";

    /** The reason. */
    public static final String FAILURE_REASON = "failureReason";

    /** An image's tags, string set. */
    public static final String TAGS = "tags";

    /** When the image was evicted, ISO instant. */
    public static final String EVICTED_AT = "evictedAt";

    /** Why something was decided, one sentence. */
    public static final String REASON = "reason";

    /** What was seen, list of texts. */
    public static final String EVIDENCE = "evidence";

    /** The run's id. */
    public static final String RUN = "run";

    /** When a run started, ISO instant. */
    public static final String STARTED_AT = "startedAt";

    /** When the first call of an upstream was recorded, ISO instant. */
    public static final String BEGUN_AT = "begunAt";

    /** Since when every pull is recorded, ISO instant. */
    public static final String COMPLETE_SINCE = "completeSince";

    /** Whether a run deletes, or only says what it would, boolean. */
    public static final String ENFORCE = "enforce";

    /** How many images got each verdict, map of numbers. */
    public static final String COUNTS = "counts";

    /** Bytes that a run freed or would have freed, number. */
    public static final String BYTES = "bytes";

    /** Why a run stopped before its end. */
    public static final String STOPPED = "stopped";

    /** How far a run is. */
    public static final String PHASE = "phase";

    /** Of the functions that started a run. */
    public static final String VERSION = "version";

    /** Whether a run has a tenth of its limits, boolean. */
    public static final String REDUCED = "reduced";

    /** How many pieces a run's phase has, number. */
    public static final String PIECES = "pieces";

    /** What came of a piece, compressed JSON. */
    public static final String RESULT = "result";

    /** {@code evict}, {@code keep}, {@code evicted} or {@code failed}. */
    public static final String VERDICT = "verdict";

    /** An image, {@code repository:tag} or {@code repository@digest}. */
    public static final String IMAGE = "image";

    private Attributes() {}
}
