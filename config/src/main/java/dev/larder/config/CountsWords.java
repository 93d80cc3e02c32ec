package dev.larder.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** {@link Budget.Counts} by its word in the file. */
final class CountsWords {
    private CountsWords() {}

    static Budget.Counts read(String text) {
        return Arrays.stream(Budget.Counts.values())
                .filter(counts -> counts.id().equals(text))
                .findFirst()
                .orElseThrow(() -> new UnexpectedText(Arrays.stream(Budget.Counts.values())
                                .map(Budget.Counts::id)
                                .collect(Collectors.joining(" or "))
                        + ": what the upstream counts against its limit"));
    }
}
