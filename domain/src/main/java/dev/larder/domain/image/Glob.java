package dev.larder.domain.image;

import dev.larder.events.image.ImageReference.Tagged;
import java.util.regex.Pattern;

/**
 * A pattern over names: {@code *} stands for anything but a slash, {@code **} also for slashes, {@code ?} for one
 * character that is no slash. Everything else stands for itself.
 *
 * @param pattern as it was written
 */
public record Glob(String pattern) {
    /** Whether the whole text is as the pattern says. */
    public boolean matches(String text) {
        return compiled().matcher(text).matches();
    }

    /** Whether it matches {@code repository:tag}, or the repository alone, which then means all of its tags. */
    public boolean matches(Tagged image) {
        Pattern compiled = compiled();
        return compiled.matcher(image.toString()).matches()
                || compiled.matcher(image.repository().value()).matches();
    }

    private Pattern compiled() {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
