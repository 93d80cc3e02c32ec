package dev.larder.domain.upstream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a rate-limit header.
 *
 * @param window in seconds; absent when the header has none
 */
record RateLimitFigure(long value, OptionalLong window) {
    /** Up to 15 digits, which a long holds; parameters other than w are passed over. */
    private static final Pattern FIGURE = Pattern.compile("\\s*(-?\\d{1,15})((?:\\s*;\\s*[a-z-]+=[\\w.\"-]*)*)\\s*");

    private static final Pattern WINDOWS = Pattern.compile(";\\s*w=([^;\\s]*)");

    /** The one figure in a header's values; a header may be there twice, as long as it says the same. */
    static Optional<RateLimitFigure> of(List<String> values) {
        List<Optional<RateLimitFigure>> figures =
                values.stream().map(RateLimitFigure::read).distinct().toList();
        return figures.size() == 1 ? figures.getFirst() : Optional.empty();
    }

    private static Optional<RateLimitFigure> read(String text) {
        Matcher figure = FIGURE.matcher(text);
        if (!figure.matches()) {
            return Optional.empty();
        }
        long value = Long.parseLong(figure.group(1));
        List<String> windows = WINDOWS.matcher(figure.group(2))
                .results()
                .map(window -> window.group(1))
                .toList();
        if (windows.isEmpty()) {
            return Optional.of(new RateLimitFigure(value, OptionalLong.empty()));
        }
        return windows.size() == 1 && windows.getFirst().matches("\\d{1,15}")
                ? Optional.of(new RateLimitFigure(value, OptionalLong.of(Long.parseLong(windows.getFirst()))))
                : Optional.empty();
    }
}
