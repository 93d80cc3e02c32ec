package dev.larder.local.cloud;

/** Keeps the libraries' own logs off the console: what a person should know, the cloud says itself. */
final class Silence {
    private Silence() {}

    /** Must come before the first class of DynamoDB Local is loaded. */
    static void fall() {
        System.setProperty("log4j2.loggerContextFactory", "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
        System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
        System.setProperty("org.apache.logging.log4j.simplelog.StatusLogger.level", "OFF");
    }
}
