package dev.larder.functions.usage;

import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** Keys and attributes of the usage record's items. */
final class UsageItems {
    /** In front of a day's {@code sk}. */
    static final String DAY = "day#";

    /** A day's pulls by principal, map of numbers. */
    static final String BY_PRINCIPAL = "by";

    /** Of a tag's pulls, those by digest, number. */
    static final String BY_DIGEST = "byDigest";

    /** Pulls for which ECR went upstream in vain, number. */
    static final String STALE = "stale";

    /** Failed pulls by code, map of numbers. */
    static final String FAILED = "failed";

    /** When the last pull failed, ISO instant. */
    static final String LAST_FAILED_AT = "lastFailedAt";

    /** Pulls by workload, map of numbers. */
    static final String WORKLOADS = "workloads";

    /** Pulls by platform, map of numbers. */
    static final String BY_PLATFORM = "byPlatform";

    /** Compressed bytes that were pulled, number. */
    static final String PULLED_BYTES = "pulledBytes";

    /** Pulls that came too late to be counted with their day, number. */
    static final String LATE = "late";

    /** A day's share of the popularity, or an image's score of the days that are closed, number. */
    static final String SCORE = "score";

    /** The half-life, in seconds, that the score was made with, number. */
    static final String HALF_LIFE = "halfLife";

    /** Facts, or the rows of a summary, binary. */
    static final String FACTS = "facts";

    /** How often something was added to an hour that was over, number. */
    static final String CHANGES = "changes";

    /** The last day that is closed, or that an image's figures count, ISO date. */
    static final String CLOSED_THROUGH = "closedThrough";

    /** The partition of the marks. */
    static final String MARKS = "usage-marks";

    /** The partition of the summaries. */
    static final String SUMMARIES = "usage-summary";

    /** The last closed day. */
    static final Key CLOSED = new Key("usage", "closed");

    /** Greater than any time as text. */
    static final String AFTER_ALL_TIMES = "9";

    private static final String LATE_MARK = "late#";

    private UsageItems() {}

    static String usageOf(ImageReference image) {
        return "usage#" + image;
    }

    static Key day(ImageReference image, LocalDate day) {
        return new Key(usageOf(image), DAY + day);
    }

    static String logOf(LogHour hour, boolean late) {
        return "usage-log#" + (late ? LATE_MARK : "") + hour;
    }

    static String written(Instant at) {
        return Values.instant(at).s();
    }

    static Key logged(LogHour hour, boolean late, Instant now, String name) {
        return new Key(logOf(hour, late), written(now) + "#" + name);
    }

    static Key mark(LogHour hour, boolean late) {
        return new Key(MARKS, (late ? LATE_MARK : "") + hour);
    }

    static UsageLog.Mark mark(Key key, long changes) {
        boolean late = key.sk().startsWith(LATE_MARK);
        return new UsageLog.Mark(
                LogHour.parse(late ? key.sk().substring(LATE_MARK.length()) : key.sk()), late, changes);
    }

    static Key summary(LocalDate day, int part) {
        return new Key(SUMMARIES, String.format(Locale.ROOT, "%s#%03d", day, part));
    }
}
