package dev.larder.cli;

import dev.larder.events.image.ImageReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One of the first images of a ranking.
 *
 * @param popularity what it is ranked by, in base-2 logarithm; absent when it is ranked by one of the sums
 */
record TopRow(ImageReference image, Sums sums, Optional<Instant> lastPulledAt, OptionalDouble popularity) {
    static TextTable table(List<TopRow> rows, Instant now) {
        TextTable table = new TextTable("IMAGE", "PULLS", "COLD", "STALE", "FAILED", "HIT RATIO", "BYTES", "LAST PULL");
        for (TopRow row : rows) {
            table.row(
                    row.image(),
                    row.sums().pulls(),
                    row.sums().cold(),
                    row.sums().stale(),
                    row.sums().failed(),
                    row.sums().hitPercent(),
                    Sizes.of(row.sums().bytes()),
                    Ages.of(row.lastPulledAt(), now));
        }
        return table;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", image.toString());
        fields.putAll(sums.fields());
        lastPulledAt.ifPresent(at -> fields.put("lastPulledAt", at.toString()));
        popularity.ifPresent(score -> fields.put("popularity", score));
        return fields;
    }
}
