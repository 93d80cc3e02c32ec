package dev.larder.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the file and the environment write them: {@code 30m}, {@code 6h}, {@code 7d}. */
final class Durations {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final String EXPECTED = "a duration such as 30m, 6h or 7d";

    private Durations() {}

    static Duration read(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UnexpectedText(text.matches("0+[smhd]") ? EXPECTED + ", above zero" : EXPECTED);
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new UnexpectedText("a duration of at most " + write(LONGEST));
        }
        return duration;
    }

    static TextReader<Duration> atMost(Duration maximum) {
        return text -> {
            Duration duration = read(text);
            if (duration.compareTo(maximum) > 0) {
                throw new UnexpectedText("a duration of at most " + write(maximum));
            }
            return duration;
        };
    }

    static TextReader<Duration> atLeast(Duration minimum) {
        return text -> {
            Duration duration = read(text);
            if (duration.compareTo(minimum) < 0) {
                throw new UnexpectedText("a duration of at least " + write(minimum));
            }
            return duration;
        };
    }

    /**
     * The shortest text that {@link #read} turns into the same duration.
     *
     * @throws IllegalArgumentException when the duration is not positive, longer than ten years or has parts of a
     *     second
     */
    static String write(Duration duration) {
        if (duration.isNegative()
                || duration.isZero()
                || !duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))
                || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "could not write the duration " + duration + ": expected whole seconds, above zero, at most 3650d");
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
