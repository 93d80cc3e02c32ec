package dev.larder.functions.warm;

import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.UsageHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How often images were pulled lately. */
@FunctionalInterface
public interface RecentPulls {
    /** Pulls of the image since some time; the days (UTC) of both times count as a whole. */
    long of(Tagged image, Instant since, Instant now);

    /** As the usage record has it. */
    static RecentPulls of(UsageHistory history) {
        return (image, since, now) -> history.pulls(image, day(since), day(now));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
