package dev.larder.functions.usage;

import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hours of open days that were over when nothing was logged for them: what is logged later leaves a mark, so that
 * without one they need not be read again. Most hours of a small cell are so.
 */
final class QuietHours {
    /** An hour that is over leaves marks two hours after its start; another one is for clocks that differ. */
    private static final Duration MARKS_AFTER = Duration.ofHours(3);

    private final UsageLog log;
    private final Set<LogHour> quiet = new HashSet<>();
    private Set<LocalDate> open = Set.of();

    QuietHours(UsageLog log) {
        this.log = log;
    }

    /**
     * Forgets what may not be so any more.
     *
     * @param marks read before the days: when one of them is closed, its marks go
     * @param days that were never closed
     */
    void keep(List<UsageLog.Mark> marks, Collection<LocalDate> days) {
        open = Set.copyOf(days);
        Set<LogHour> marked = marks.stream().map(UsageLog.Mark::hour).collect(Collectors.toSet());
        quiet.removeIf(hour -> marked.contains(hour) || !open.contains(hour.day()));
    }

    /** The facts of an hour. */
    List<Fact> read(LogHour hour, Instant now) {
        if (quiet.contains(hour)) {
            return List.of();
        }
        List<Fact> facts = log.read(hour);
        if (facts.isEmpty()
                && open.contains(hour.day())
                && !hour.start().plus(MARKS_AFTER).isAfter(now)) {
            quiet.add(hour);
        }
        return facts;
    }
}
