package dev.larder.cli;

import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.UsageRow;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Pulls, added up.
 *
 * @param pulls that were served; late ones are counted apart and are not among them
 * @param cold of the pulls
 * @param stale of the pulls
 * @param failed not of the pulls
 * @param bytes compressed, an upper bound
 */
record Sums(long pulls, long cold, long stale, long failed, long bytes) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0);

    static Sums of(UsageRow row) {
        return new Sums(row.pulls(), row.cold(), row.stale(), row.failed(), row.bytes());
    }

    static Sums of(ImageDay day) {
        return new Sums(day.pulls(), day.cold(), day.stale(), day.failures(), day.bytes());
    }

    Sums plus(Sums other) {
        return new Sums(
                pulls + other.pulls,
                cold + other.cold,
                stale + other.stale,
                failed + other.failed,
                bytes + other.bytes);
    }

    /** Hits / pulls; nothing where there are no pulls. */
    OptionalDouble hitRatio() {
        return pulls == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) (pulls - cold - stale) / pulls);
    }

    /** In percent, rounded down: 100.0% is said only when every pull was a hit. */
    String hitPercent() {
        if (pulls == 0) {
            return "";
        }
        long tenths = (pulls - cold - stale) * 1000 / pulls;
        return String.format(Locale.ROOT, "%d.%d%%", tenths / 10, tenths % 10);
    }

    /** For programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pulls", pulls);
        fields.put("cold", cold);
        fields.put("stale", stale);
        fields.put("failed", failed);
        hitRatio().ifPresent(ratio -> fields.put("hitRatio", ratio));
        fields.put("bytes", bytes);
        return fields;
    }
}
