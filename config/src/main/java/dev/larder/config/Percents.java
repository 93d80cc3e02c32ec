package dev.larder.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares as the file writes them: {@code 50%}. */
final class Percents {
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})%");

    private Percents() {}

    static int read(String text) {
        Matcher matcher = PERCENT.matcher(text);
        int percent = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
        if (percent < 0 || percent > 100) {
            throw new UnexpectedText("a share from 0% to 100%");
        }
        return percent;
    }
}
