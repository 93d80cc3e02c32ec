package dev.larder.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far back a command looks: the whole day in UTC that was so many days ago, and all days since.
 *
 * @param days before today
 */
record Since(int days) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,3})([dw])");
    private static final int LONGEST = 3650;
    private static final int WEEK = 7;

    LocalDate from(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(days);
    }

    @Override
    public String toString() {
        return days + " d";
    }

    /** Reads {@code 30d} or {@code 4w}. */
    static final class Converter implements ITypeConverter<Since> {
        @Override
        public Since convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            int days = matcher.matches()
                    ? Integer.parseInt(matcher.group(1)) * (matcher.group(2).equals("w") ? WEEK : 1)
                    : LONGEST + 1;
            if (days > LONGEST) {
                throw new TypeConversionException("found '" + text
                        + "', expected days or weeks such as 30d or 4w, at most 3650d: the record is kept by day");
            }
            return new Since(days);
        }
    }
}
