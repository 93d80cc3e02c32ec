package dev.larder.config;

/**
 * The physical names that one part gives and another must know: the operator's commands find the table and the queue by
 * them, and the usage record tells Larder's own calls from pulls by the roles'. All hold within one account and region.
 */
public final class Names {
    private Names() {}

    /** A cell's stack. */
    public static String stack(LarderConfig config, Cell cell) {
        return config.name() + "-" + cell.account() + "-" + cell.region();
    }

    /** The cell's table. */
    public static String table(LarderConfig config) {
        return config.name();
    }

    /**
     * A queue.
     *
     * @param queue {@code Pulls}, {@code CacheEvents} or {@code WarmOrders}
     */
    public static String queue(LarderConfig config, String queue) {
        return config.name() + "-" + queue;
    }

    /**
     * A function's role; the region is in it because roles are global in an account.
     *
     * @param function for instance {@code WarmWorker}
     */
    public static String role(LarderConfig config, Cell cell, String function) {
        return config.name() + "-" + cell.region() + "-" + function;
    }
}
