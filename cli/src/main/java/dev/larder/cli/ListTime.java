package dev.larder.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** For how long a reported list is believed. */
record ListTime(Duration time) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,3})([hd])");
    private static final Duration LONGEST = Duration.ofDays(90);

    /** Reads {@code 12h} or {@code 7d}. */
    static final class Converter implements ITypeConverter<ListTime> {
        @Override
        public ListTime convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (matcher.matches()) {
                int amount = Integer.parseInt(matcher.group(1));
                Duration time = matcher.group(2).equals("h") ? Duration.ofHours(amount) : Duration.ofDays(amount);
                if (time.compareTo(LONGEST) <= 0) {
                    return new ListTime(time);
                }
            }
            throw new TypeConversionException(
                    "found '" + text + "', expected hours or days such as 12h or 7d, at most 90d");
        }
    }
}
