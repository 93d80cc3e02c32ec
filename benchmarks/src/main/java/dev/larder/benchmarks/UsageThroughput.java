package dev.larder.benchmarks;

import dev.larder.benchmarks.usage.Course;
import dev.larder.benchmarks.usage.IdempotentCounter;
import dev.larder.benchmarks.usage.Larder;
import dev.larder.benchmarks.usage.LocalDynamoDb;
import dev.larder.benchmarks.usage.OneWritePerPull;
import dev.larder.functions.table.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Pulls per second and core through the handlers, each with one thread: by the clock on the wall, which has the waiting for
 * DynamoDB in it, and by the thread's own processor time, which has not. DynamoDB Local runs in a JVM of its own, and its
 * processor time is not counted. The handlers take turns, so that whatever else the machine does meets them all.
 */
public final class UsageThroughput {
    private static final String TABLE = "larder";

    /** How much faster than one write per pull Larder has to be. */
    private static final double TARGET = 10;

    private UsageThroughput() {}

    /** Measures; ends with 1 when Larder misses the target. The argument is how often each has its turn. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        try (LocalDynamoDb dynamoDb = LocalDynamoDb.start();
                DynamoDbClient client = dynamoDb.client()) {
            LocalDynamoDb.create(client, TABLE);
            Table table = new Table(client, TABLE);
            List<Course> courses = List.of(
                    new Course(new Larder(client, TABLE), 10),
                    new Course(new OneWritePerPull(table, false), 1),
                    new Course(new OneWritePerPull(table, true), 1),
                    new Course(new IdempotentCounter(client, TABLE), 1));
            courses.forEach(Course::warmUp);
            for (int i = 0; i < rounds; i++) {
                courses.forEach(Course::run);
            }
            print(courses, System.out);
            System.exit(met(courses) ? 0 : 1);
        }
    }

    private static boolean met(List<Course> courses) {
        return courses.get(0).byWall() >= TARGET * courses.get(1).byWall()
                && courses.get(0).byProcessor() >= TARGET * courses.get(1).byProcessor();
    }

    private static void print(List<Course> courses, PrintStream out) {
        Course larder = courses.get(0);
        out.printf(
                "%-28s %14s %8s %16s %8s %s%n",
                "handler", "by the wall", "Larder", "by the processor", "Larder", "target");
        for (Course course : courses) {
            out.printf(
                    "%-28s %,12.0f/s %7.1fx %,14.0f/s %7.1fx %s%n",
                    course.name(),
                    course.byWall(),
                    larder.byWall() / course.byWall(),
                    course.byProcessor(),
                    larder.byProcessor() / course.byProcessor(),
                    course == courses.get(1) ? "10x " + (met(courses) ? "met" : "MISSED") : "");
        }
    }
}
