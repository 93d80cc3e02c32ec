package dev.larder.functions.planning;

import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.UsageRow;
import dev.larder.domain.warming.Demand;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.UsageHistory;
import dev.larder.functions.usage.UsageSummaries;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was pulled lately, as the usage record has it. */
public record Demands(UsageHistory history, UsageSummaries summaries) {
    /**
     * Every tag that was pulled by tag, or failed to be, within {@link Demand#WINDOW}. Pulls by digest do not count: ECR checks
     * no tag for them.
     */
    public Map<Tagged, Pulled> at(Instant now) {
        Map<Tagged, Pulled> pulled = new HashMap<>();
        history.rows(summaries, day(now.minus(Demand.WINDOW)), day(now)).forEach((day, rows) -> add(day, rows, pulled));
        history.openDays().values().forEach(images -> images.forEach((image, day) -> addOpen(image, day, pulled)));
        return pulled;
    }

    /** Every image of which pulls by digest failed on days that are not closed, and none was served then; how many. */
    public Map<Digested, Long> missed() {
        Map<Digested, Long> missed = new HashMap<>();
        history.openDays()
                .values()
                .forEach(images -> images.forEach((image, day) -> {
                    if (image instanceof Digested digested && day.failures() > 0 && day.pulls() == 0) {
                        missed.merge(digested, day.failures(), Long::sum);
                    }
                }));
        return missed;
    }

    private static void add(LocalDate day, List<UsageRow> rows, Map<Tagged, Pulled> pulled) {
        for (UsageRow row : rows) {
            if (row.image() instanceof Tagged tagged && row.pulls() > 0) {
                pulled.computeIfAbsent(tagged, any -> new Pulled(new TreeMap<>(), Optional.empty(), 0))
                        .days()
                        .merge(day, row.pulls(), Long::sum);
            }
        }
    }

    private static void addOpen(ImageReference image, ImageDay day, Map<Tagged, Pulled> pulled) {
        if (image instanceof Tagged tagged && (day.pulls() > day.byDigest() || day.failures() > 0)) {
            Pulled before = pulled.getOrDefault(tagged, new Pulled(new TreeMap<>(), Optional.empty(), 0));
            // with pulls by digest among them, the last one may be no pull by tag
            Optional<Instant> last = day.byDigest() > 0 ? Optional.empty() : day.lastPulledAt();
            pulled.put(
                    tagged,
                    new Pulled(
                            before.days(),
                            later(before.last(), last),
                            before.failed() + (day.pulls() > 0 ? 0 : day.failures())));
        }
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(one.get()::isBefore).isPresent() ? other : one;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
