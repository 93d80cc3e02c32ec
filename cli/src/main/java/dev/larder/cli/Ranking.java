package dev.larder.cli;

import dev.larder.domain.usage.UsageRow;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What images are ranked by. */
enum Ranking {
    pulls,
    bytes,
    cold;

    /** The images with the most of it, ties by name; those that have none are not among them. */
    List<ImagePulls> top(int count, Map<LocalDate, List<UsageRow>> rows) {
        return ImagePulls.of(rows).stream()
                .filter(image -> of(image.sums()) > 0)
                .sorted(Comparator.comparingLong((ImagePulls image) -> of(image.sums()))
                        .reversed()
                        .thenComparing(image -> image.image().toString()))
                .limit(count)
                .toList();
    }

    private long of(Sums sums) {
        return switch (this) {
            case pulls -> sums.pulls();
            case bytes -> sums.bytes();
            case cold -> sums.cold();
        };
    }
}
