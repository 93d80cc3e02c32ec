package dev.larder.infra;

/**
 * When a function is to do one of its tasks.
 *
 * @param id tells the schedules of one function apart, for instance {@code RollUp}; empty for a function's only one
 * @param expression {@code rate(...)} or {@code cron(...)}
 * @param task what the event says is to be done
 */
record TaskSchedule(String id, String expression, String task) {
    /** For a function that has one task. */
    static TaskSchedule only(String expression, String task) {
        return new TaskSchedule("", expression, task);
    }

    /** The schedule's name in the account: that of its function, and its own id. */
    String name(String function) {
        return id.isEmpty() ? function : function + "-" + id;
    }
}
