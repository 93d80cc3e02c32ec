package dev.larder.benchmarks.warming;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What warming saves: replays the tag changes of an upstream and a demand drawn from a seed against {@link Ecr}'s rules, in
 * virtual time, for ECR alone, a daily re-pull of the most pulled images, Larder's own planner, and an oracle that knows the
 * future.
 *
 * <p>What is assumed, and so limits what the figures say: the demand is drawn ({@link Shares}), and so are sizes ({@link
 * BuildSize}); an import takes no time and never fails, and ECR keeps for ever what it imported, so nothing is evicted; no
 * event is lost or late, and of a check that finds nothing new there is none ({@link Watch}); only Larder is held to the
 * upstream's limit; the daily re-pull is an idealized one ({@link DailyRepull}). Nobody pulls images that are for Windows
 * only; a record that has one build for each tag may call a tag of several systems so.
 */
public final class WarmEvaluation {
    private static final int MISSED = 1;
    private static final int CANNOT_RUN = 2;

    private WarmEvaluation() {}

    /** Evaluates; {@link Options#USAGE} says what the arguments are, and with what it ends. */
    public static void main(String[] arguments) throws IOException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            Options options = Options.parse(List.of(arguments));
            Report report = evaluate(options);
            System.out.println(options.json() ? JSON.std.asString(report.fields()) : report.text());
            System.exit(report.goals().stream().allMatch(Goals.Goal::met) ? 0 : MISSED);
        } catch (NoSuchFileException missing) {
            fail("there is no file " + missing.getFile() + "; expected a record of tag changes, as --help says");
        } catch (IOException e) {
            fail("could not read " + Arrays.toString(arguments) + ": " + e);
        } catch (IllegalArgumentException wrong) {
            fail(String.valueOf(wrong.getMessage()));
        }
    }

    private static void fail(String message) {
        System.err.println("WarmEvaluation: " + message);
        System.exit(CANNOT_RUN);
    }

    private static Report evaluate(Options options) throws IOException {
        long start = System.nanoTime();
        TagChanges changes = TagChangesFile.read(options.file());
        World world = new World(changes);
        Evaluation evaluation = new Evaluation(world, options);
        Table table = evaluation.table();
        Optional<Table> curve = options.curve() ? Optional.of(evaluation.curve()) : Optional.empty();
        return new Report(
                inWords(world, changes),
                options,
                evaluation.shares().inWords(),
                table,
                Goals.of(table, Evaluation.REPULL, Evaluation.LARDER),
                curve,
                options.calibration() ? Optional.of(evaluation.calibration()) : Optional.empty(),
                (System.nanoTime() - start) / 1e9);
    }

    private static String inWords(World world, TagChanges changes) {
        return String.format(
                Locale.ROOT,
                "%,d changes of %,d tags in %,d repositories, %s to %s%s.",
                world.changes(),
                world.tags(),
                world.repositories(),
                LocalDate.ofInstant(world.begins(), ZoneOffset.UTC),
                LocalDate.ofInstant(world.ends(), ZoneOffset.UTC),
                changes.leftOut() == 0
                        ? ""
                        : "; " + changes.leftOut() + " lines left out, since no registry can have such a tag");
    }
}
