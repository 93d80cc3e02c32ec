package dev.larder.benchmarks;

import dev.larder.benchmarks.usage.Days;
import dev.larder.benchmarks.usage.IdempotentCounter;
import dev.larder.benchmarks.usage.Larder;
import dev.larder.benchmarks.usage.LocalDynamoDb;
import dev.larder.benchmarks.usage.Mix;
import dev.larder.benchmarks.usage.OneWritePerPull;
import dev.larder.benchmarks.usage.Replay;
import dev.larder.benchmarks.usage.Subject;
import dev.larder.functions.table.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB write units per million pulls, as DynamoDB itself says: of Larder with all that follows a pull, of one write per
 * pull, and of one idempotent handling per message.
 *
 * <p>Per million pulls: a million times the units of the log for each pull, plus the units of a day beside the log for each
 * of a day's pulls.
 */
public final class WriteUnits {
    private static final int MILLION = 1_000_000;
    private static final Case HOT = new Case(Mix.hot(20, 10), 1, OptionalDouble.of(50_000));
    private static final Case ZIPF = new Case(Mix.zipf(5_000, 100), 50, OptionalDouble.of(200_000));
    private static final Case QUIET = new Case(Mix.zipf(5_000, 10), 50, OptionalDouble.empty());

    private WriteUnits() {}

    /**
     * A mix, and what Larder may cost at most.
     *
     * @param of how many images one stands for when days are lived through
     */
    record Case(Mix mix, int of, OptionalDouble target) {}

    /**
     * A line of the table.
     *
     * @param log units of what is written with each batch, per million pulls
     * @param days all others, per million pulls
     */
    record Line(Case of, String handler, double log, double days, OptionalDouble target) {
        double units() {
            return log + days;
        }

        boolean met() {
            return target.isEmpty() || units() <= target.getAsDouble();
        }
    }

    /** Measures; ends with 1 when Larder misses a target. The argument is how many pulls go through each queue. */
    public static void main(String[] arguments) throws IOException {
        int pulls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40_000;
        List<Line> lines = lines(pulls, List.of(HOT, ZIPF, QUIET));
        print(lines, System.out);
        System.exit(lines.stream().allMatch(Line::met) ? 0 : 1);
    }

    /** Measures these cases with so many pulls of Larder; the others, which cost the same for each pull, get fewer. */
    static List<Line> lines(int pulls, List<Case> cases) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (LocalDynamoDb dynamoDb = LocalDynamoDb.start()) {
            for (Case each : cases) {
                System.err.println("measuring " + each.mix.name());
                lines.add(larder(dynamoDb, each, pulls, 2));
                int few = Math.max(1_000, pulls / 20);
                lines.add(other(
                        dynamoDb, each, few, (client, name) -> new OneWritePerPull(new Table(client, name), false)));
                lines.add(other(
                        dynamoDb, each, few, (client, name) -> new OneWritePerPull(new Table(client, name), true)));
                lines.add(other(dynamoDb, each, few, IdempotentCounter::new));
            }
        }
        return lines;
    }

    /**
     * Larder alone.
     *
     * @param days that are lived through; the dearest one counts
     */
    static Line larder(LocalDynamoDb dynamoDb, Case of, int pulls, int days) {
        double log = Replay.units(dynamoDb, of.mix, pulls, Larder::new) / pulls * MILLION;
        double day = Collections.max(Days.units(dynamoDb, of.mix, of.of, days, new Random(1)));
        return new Line(of, "Larder", log, day / of.mix.perDay() * MILLION, of.target);
    }

    private static Line other(
            LocalDynamoDb dynamoDb, Case of, int pulls, BiFunction<DynamoDbClient, String, Subject> made) {
        String[] name = new String[1];
        double units = Replay.units(dynamoDb, of.mix, pulls, (client, table) -> {
            Subject subject = made.apply(client, table);
            name[0] = subject.name();
            return subject;
        });
        return new Line(of, name[0], units / pulls * MILLION, 0, OptionalDouble.empty());
    }

    private static void print(List<Line> lines, PrintStream out) {
        out.printf(
                "%-36s %-28s %12s %12s %12s %7s %9s%n",
                "mix", "handler", "with batches", "beside them", "units/10^6", "ratio", "target");
        double larder = 1;
        for (Line line : lines) {
            larder = line.handler.equals("Larder") ? line.units() : larder;
            out.printf(
                    "%-36s %-28s %,12.0f %,12.0f %,12.0f %7.1f %9s %s%n",
                    line.of.mix.name(),
                    line.handler,
                    line.log,
                    line.days,
                    line.units(),
                    line.units() / larder,
                    line.target.isPresent() ? String.format("%,.0f", line.target.getAsDouble()) : "",
                    line.target.isEmpty() ? "" : line.met() ? "met" : "MISSED");
        }
    }
}
