package dev.larder.config;

/** The names of the environment variables that infra writes and functions read, each once. */
public final class EnvironmentVariables {
    /** The table's name. */
    public static final String TABLE = "LARDER_TABLE";

    /** The URL of the queue of warm orders. */
    public static final String WARM_ORDERS_QUEUE_URL = "LARDER_WARM_ORDERS_QUEUE_URL";

    /** URL of the queue with the pieces of a sweep. */
    public static final String LIFECYCLE_WORK_QUEUE_URL = "LARDER_LIFECYCLE_WORK_QUEUE_URL";

    /** The URL of the queue where pulls are that nobody could record. */
    public static final String PULLS_DEAD_LETTERS_QUEUE_URL = "LARDER_PULLS_DEAD_LETTERS_QUEUE_URL";

    /** The event bus that Larder's own events go to, by name. */
    public static final String EVENT_BUS = "LARDER_EVENT_BUS";

    /** The cell, {@code account/region}. */
    public static final String CELL = "LARDER_CELL";

    /** Hosts of the registry beside ECR's own names for it, comma-separated; only the local cloud sets it. */
    public static final String REGISTRY_HOSTS = "LARDER_REGISTRY_HOSTS";

    /** Upstreams: prefix, registry, host, allow-list, budget. */
    public static final String UPSTREAMS = "LARDER_UPSTREAMS";

    /** {@link Usage}. */
    public static final String USAGE = "LARDER_USAGE";

    /** {@link Warm}. */
    public static final String WARM = "LARDER_WARM";

    /** {@link Lifecycle}. */
    public static final String LIFECYCLE = "LARDER_LIFECYCLE";

    /** Stands for all settings that decide what a sweep lets go; nobody reads it, but it makes another version. */
    public static final String SWEEP_SETTINGS = "LARDER_SWEEP_SETTINGS";

    /** The names of Larder's own roles, whose calls are no pulls; comma-separated. */
    public static final String OWN_ROLES = "LARDER_OWN_ROLES";

    private EnvironmentVariables() {}
}
