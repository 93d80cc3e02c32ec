package dev.larder.functions.planning;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was pulled lately, as the usage record has it. */
public record Demands(UsageHistory history, UsageSummaries summaries) {
    /**
     * Every tag that was pulled by tag, or failed to be, within {@link Demand#WINDOW}. Pulls by digest do not count: ECR checks
     * no tag for them, so that a check by Larder would save nobody's. What failed before yesterday is forgotten.
     */
    public Map<Tagged, Pulled> at(Instant now) {
        Map<Tagged, Pulled> pulled = new HashMap<>();
        Map<LocalDate, List<UsageRow>> rows = history.rows(summaries, day(now.minus(Demand.WINDOW)), day(now));
        rows.forEach((day, all) -> add(day, all, pulled));
        failed(rows, now, pulled);
        history.openDays()
                .values()
                .forEach(images -> images.forEach((image, day) -> {
                    // with pulls by digest among them, the last one may be no pull by tag
                    if (image instanceof Tagged tagged && day.byDigest() == 0) {
                        day.lastPulledAt()
                                .ifPresent(at -> pulled.compute(
                                        tagged, (any, before) -> or(before).last(at)));
                    }
                }));
        return pulled;
    }

    private void failed(Map<LocalDate, List<UsageRow>> rows, Instant now, Map<Tagged, Pulled> pulled) {
        Set<LocalDate> remembered = new HashSet<>(history.openDays().keySet());
        remembered.add(day(now).minusDays(1));
        Map<ImageReference, Long> byName = new HashMap<>();
        rows.forEach((day, all) -> {
            if (remembered.contains(day)) {
                all.forEach(row -> byName.merge(row.image(), row.failed(), Long::sum));
            }
        });
        Map<ImageReference, Instant> served = served();
        failures(now).forEach((image, failed) -> {
            if (image instanceof Tagged tagged) {
                long byTag = byName.getOrDefault(image, 0L);
                Optional<Instant> unserved = failed.unserved()
                        .filter(at -> served.getOrDefault(image, Instant.MIN).isBefore(at));
                pulled.compute(tagged, (any, before) -> or(before).failing(failed.pulls(), byTag, unserved));
            }
        });
    }

    private static Pulled or(@Nullable Pulled before) {
        return before == null ? new Pulled(new TreeMap<>(), Optional.empty(), 0, 0, Optional.empty()) : before;
    }

    /**
     * Pulls of an image that failed.
     *
     * @param unserved when the last of them failed at the latest, and none was served after it; absent when nobody knows
     */
    public record Failed(long pulls, Optional<Instant> unserved) {
        private Failed and(Failed other) {
            return new Failed(
                    pulls + other.pulls,
                    Stream.of(unserved, other.unserved)
                            .flatMap(Optional::stream)
                            .max(Comparator.naturalOrder()));
        }
    }

    /**
     * Every image by digest of which pulls failed on a day that is not closed, or yesterday; none that was served since, as far
     * as is known.
     */
    public Map<Digested, Failed> missed(Instant now) {
        Map<Digested, Failed> missed = new HashMap<>();
        Map<ImageReference, Instant> served = served();
        failures(now).forEach((image, failed) -> {
            Instant last = served.get(image);
            if (image instanceof Digested digested
                    && (last == null || failed.unserved().filter(last::isBefore).isPresent())) {
                missed.put(digested, failed);
            }
        });
        return missed;
    }

    /** Every image of which pulls failed on a day that is not closed, or yesterday; a tag's by digest among them. */
    private Map<ImageReference, Failed> failures(Instant now) {
        Map<ImageReference, Failed> failures = new HashMap<>();
        closed(now).forEach((day, rows) -> {
            Optional<Instant> end =
                    Optional.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            Set<ImageReference> served = rows.stream()
                    .filter(row -> row.pulls() > 0)
                    .map(UsageRow::image)
                    .collect(Collectors.toSet());
            rows.stream()
                    .filter(row -> row.failed() > 0)
                    .forEach(row -> failures.merge(
                            row.image(),
                            new Failed(row.failed(), end.filter(any -> !served.contains(row.image()))),
                            Failed::and));
        });
        history.openDays()
                .values()
                .forEach(images -> images.forEach((image, day) -> day.lastFailedAt()
                        .ifPresent(at ->
                                failures.merge(image, new Failed(day.failures(), Optional.of(at)), Failed::and))));
        return failures;
    }

    /** When each image was last served on a day that is not closed. */
    private Map<ImageReference, Instant> served() {
        Map<ImageReference, Instant> served = new HashMap<>();
        history.openDays()
                .values()
                .forEach(images -> images.forEach((image, day) -> day.lastPulledAt()
                        .ifPresent(at -> served.merge(image, at, (one, other) -> one.isAfter(other) ? one : other))));
        return served;
    }

    /** Yesterday, if it is closed: what failed shortly before midnight may not have been tried yet. */
    private Map<LocalDate, List<UsageRow>> closed(Instant now) {
        LocalDate yesterday = day(now).minusDays(1);
        return history.openDays().containsKey(yesterday) ? Map.of() : summaries.read(yesterday, yesterday);
    }

    private static void add(LocalDate day, List<UsageRow> rows, Map<Tagged, Pulled> pulled) {
        for (UsageRow row : rows) {
            if (row.image() instanceof Tagged tagged && row.pulls() > 0) {
                pulled.computeIfAbsent(tagged, any -> or(null)).days().merge(day, row.pulls(), Long::sum);
            }
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
