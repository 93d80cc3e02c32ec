package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Share;
import dev.larder.domain.warming.Candidates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is evaluated.
 *
 * @param file of tag changes
 * @param seeds so many, from {@code seed} on
 * @param top images that Larder keeps, and that the daily re-pull pulls
 * @param leastWorth cold pulls that each request of Larder's has to save
 * @param share what Larder may spend; absent for no limit
 */
record Options(
        Path file,
        long seed,
        int seeds,
        int top,
        double leastWorth,
        Optional<Share> share,
        int workloads,
        boolean curve,
        boolean calibration,
        boolean json) {
    /** How it is called. */
    static final String USAGE = """
            usage: ./larder benchmarks WarmEvaluation FILE [OPTIONS]

            Replays FILE, a record of the tag changes of an upstream, and a demand drawn from a seed.
            FILE: time, repository, tag, kind (start, new, moved, removed), build, platforms; tabs between, a line of
            these names first; plain or gzipped.

              --seed N               of the demand (default: 1)
              --seeds N              so many seeds from there on: mean and worst (default: 1)
              --workloads N          that pull at any time (default: 500)
              --top K                images that Larder keeps warm and the daily re-pull pulls (default: 1000)
              --least-worth X        cold pulls that each of Larder's requests has to save (default: 0.2)
              --budget PULLS/WINDOW  the upstream's limit, such as 200/6h; none for no limit (default: 200/6h)
              --reserve PERCENT      of that budget is kept for users (default: 50)
              --curve                cold pulls against requests and bytes, for other settings of both
              --calibration          how often a pull came that Larder expected, by its chance
              --json                 for programs

            Ends with 1 when Larder misses a goal, with 2 when it cannot run.
            """;

    private static final Pattern BUDGET = Pattern.compile("([1-9]\\d{0,6})/([1-9]\\d{0,3})([mhd])");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with what was found, and what to do
     */
    static Options parse(List<String> arguments) {
        return new Parser(arguments).parse();
    }

    private static final class Parser {
        private final Deque<String> arguments;
        private Optional<Path> file = Optional.empty();
        private long seed = 1;
        private long seeds = 1;
        private long top = 1000;
        private double leastWorth = Candidates.LEAST_WORTH;
        private String budget = "200/6h";
        private long reserve = 50;
        private long workloads = Shares.DEFAULT.workloads();
        private boolean curve;
        private boolean calibration;
        private boolean json;

        Parser(List<String> arguments) {
            this.arguments = new ArrayDeque<>(arguments);
        }

        Options parse() {
            while (!arguments.isEmpty()) {
                take(arguments.remove());
            }
            return new Options(
                    file.orElseThrow(() -> new IllegalArgumentException(
                            "no file of tag changes is given; expected its path, as --help says")),
                    seed,
                    (int) seeds,
                    (int) top,
                    leastWorth,
                    share(),
                    (int) workloads,
                    curve,
                    calibration,
                    json);
        }

        private void take(String argument) {
            switch (argument) {
                case "--seed" -> seed = number(argument, Long.MIN_VALUE, Long.MAX_VALUE - 1000);
                case "--seeds" -> seeds = number(argument, 1, 1000);
                case "--top" -> top = number(argument, 1, 1_000_000);
                case "--least-worth" -> leastWorth = worth(argument);
                case "--budget" -> budget = value(argument);
                case "--reserve" -> reserve = number(argument, 0, 100);
                case "--workloads" -> workloads = number(argument, 1, 100_000);
                case "--curve" -> curve = true;
                case "--calibration" -> calibration = true;
                case "--json" -> json = true;
                default -> operand(argument);
            }
        }

        private void operand(String argument) {
            if (argument.startsWith("--")) {
                throw new IllegalArgumentException("unknown option " + argument + "; --help names all");
            }
            if (file.isPresent()) {
                throw new IllegalArgumentException("two files: " + file.get() + " and " + argument + "; expected one");
            }
            file = Optional.of(Path.of(argument));
        }

        private String value(String option) {
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value; --help says which");
            }
            return arguments.remove();
        }

        private long number(String option, long least, long most) {
            String text = value(option);
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(option + " is '" + text + "'; expected a whole number", e);
            }
            throw new IllegalArgumentException(option + " is " + text + "; expected " + least + " to " + most);
        }

        private double worth(String option) {
            String text = value(option);
            try {
                double number = Double.parseDouble(text);
                if (number >= 0 && number <= 1000) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(option + " is '" + text + "'; expected a number such as 0.2", e);
            }
            throw new IllegalArgumentException(option + " is " + text + "; expected 0 to 1000");
        }

        private Optional<Share> share() {
            if (budget.equals("none")) {
                return Optional.empty();
            }
            Matcher matcher = BUDGET.matcher(budget);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "--budget is '" + budget + "'; expected pulls in a time, such as 200/6h, or none");
            }
            long amount = Long.parseLong(matcher.group(2));
            Duration window = switch (matcher.group(3)) {
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            return Optional.of(Share.of(Integer.parseInt(matcher.group(1)), window, (int) reserve));
        }
    }
}
