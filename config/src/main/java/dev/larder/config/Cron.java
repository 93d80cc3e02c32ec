package dev.larder.config;

/** The six fields of a cron expression: minutes, hours, day of month, month, day of week, year. */
final class Cron {
    private Cron() {}

    static void check(String text) {
        if (text.split(" +", -1).length != 6) {
            throw new UnexpectedText("six fields: minutes, hours, day of month, month, day of week, year");
        }
    }
}
