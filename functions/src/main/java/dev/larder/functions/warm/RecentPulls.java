package dev.larder.functions.warm;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.UsageHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;

/** How often images were pulled lately. */
@FunctionalInterface
public interface RecentPulls {
    /**
     * What is asked for.
     *
     * @param pulls how many
     * @param last the latest of them; absent for none
     */
    record Recent(long pulls, Optional<Instant> last) {
        /** Nobody pulled. */
        public static final Recent NONE = new Recent(0, Optional.empty());
    }

    /** Pulls of the image since some time; the days (UTC) of both times count as a whole. */
    Recent of(Tagged image, Instant since, Instant now);

    /** As the usage record has it. */
    static RecentPulls of(UsageHistory history) {
        return (image, since, now) -> {
            Collection<ImageDay> days = history.of(image, day(since), day(now)).values();
            return new Recent(
                    days.stream().mapToLong(ImageDay::pulls).sum(),
                    days.stream().flatMap(day -> day.lastPulledAt().stream()).max(Instant::compareTo));
        };
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
