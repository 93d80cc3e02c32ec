package dev.larder.cli;

import dev.larder.domain.usage.UsageRow;
import dev.larder.events.image.ImageReference;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pulls of one image over some days.
 *
 * @param image as it was named: a pull by digest is the digest's
 * @param by principal to pulls; who only failed is not among them
 */
record ImagePulls(ImageReference image, Sums sums, Map<String, Long> by) {
    /** Sorts the map. */
    ImagePulls {
        by = new TreeMap<>(by);
    }

    /** All images of the rows, by name. */
    static List<ImagePulls> of(Map<LocalDate, List<UsageRow>> rows) {
        Map<String, ImagePulls> images = new TreeMap<>();
        rows.values().stream()
                .flatMap(List::stream)
                .forEach(row -> images.merge(row.image().toString(), of(row), ImagePulls::plus));
        return List.copyOf(images.values());
    }

    private static ImagePulls of(UsageRow row) {
        return new ImagePulls(
                row.image(), Sums.of(row), row.pulls() == 0 ? Map.of() : Map.of(row.principal(), row.pulls()));
    }

    private ImagePulls plus(ImagePulls other) {
        Map<String, Long> both = new TreeMap<>(by);
        other.by.forEach((principal, pulls) -> both.merge(principal, pulls, Long::sum));
        return new ImagePulls(image, sums.plus(other.sums), both);
    }

    static TextTable table(List<ImagePulls> images) {
        TextTable table =
                new TextTable("IMAGE", "PULLS", "COLD", "STALE", "FAILED", "HIT RATIO", "BYTES", "PRINCIPALS");
        for (ImagePulls image : images) {
            Sums sums = image.sums();
            table.row(
                    image.image(),
                    sums.pulls(),
                    sums.cold(),
                    sums.stale(),
                    sums.failed(),
                    sums.hitPercent(),
                    Sizes.of(sums.bytes()),
                    image.by().size());
        }
        return table;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", image.toString());
        fields.putAll(sums.fields());
        fields.put("by", by);
        return fields;
    }
}
