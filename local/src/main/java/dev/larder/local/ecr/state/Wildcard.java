package dev.larder.local.ecr.state;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** ECR's patterns: {@code *} stands for any number of characters, everything else for itself. */
public final class Wildcard {
    private Wildcard() {}

    /** Whether the whole text matches the pattern. */
    public static boolean matches(String pattern, String text) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
}
