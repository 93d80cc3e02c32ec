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

/** Reads a command line of the evaluation. */
final class OptionParser {
    private static final Pattern BUDGET = Pattern.compile("([1-9]\\d{0,6})/([1-9]\\d{0,3})([mhd])");

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

    OptionParser(List<String> arguments) {
        this.arguments = new ArrayDeque<>(arguments);
    }

    /** @throws IllegalArgumentException with what was found, and what to do */
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
