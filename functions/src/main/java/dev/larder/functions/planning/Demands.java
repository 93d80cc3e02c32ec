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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was pulled lately, as the usage record has it. */
public record Demands(UsageHistory history, UsageSummaries summaries) {
    /**
     * Every tag that was pulled by tag, or failed to be, within {@link Demand#WINDOW}. Pulls by digest do not count: ECR checks
     * no tag for them, so that a check by Larder would save nobody's. What failed before yesterday is forgotten.
     */
    public Map<Tagged, Pulled> at(Instant now) {
        Map<Tagged, Pulled> pulled = new HashMap<>();
        history.rows(summaries, day(now.minus(Demand.WINDOW)), day(now)).forEach((day, rows) -> add(day, rows, pulled));
        closed(now)
                .forEach((day, rows) -> rows.stream()
                        .filter(row -> row.failed() > 0)
                        .forEach(row -> failed(row.image(), row.failed(), Optional.empty(), pulled)));
        history.openDays()
                .values()
                .forEach(images -> images.forEach((image, day) -> {
                    // with pulls by digest among them, the last one may be no pull by tag
                    Optional<Instant> last = day.byDigest() > 0 ? Optional.empty() : day.lastPulledAt();
                    if (day.pulls() > day.byDigest() || day.failures() > 0) {
                        failed(image, day.failures(), last, pulled);
                    }
                }));
        return pulled;
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
        closed(now).forEach((day, rows) -> {
            Optional<Instant> end =
                    Optional.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            Set<ImageReference> served = rows.stream()
                    .filter(row -> row.pulls() > 0)
                    .map(UsageRow::image)
                    .collect(Collectors.toSet());
            rows.stream()
                    .filter(row -> row.failed() > 0)
                    .forEach(row -> add(
                            row.image(),
                            new Failed(row.failed(), end.filter(any -> !served.contains(row.image()))),
                            missed));
        });
        Map<ImageReference, Instant> served = new HashMap<>();
        history.openDays()
                .values()
                .forEach(images -> images.forEach((image, day) -> {
                    day.lastFailedAt().ifPresent(at -> add(image, new Failed(day.failures(), Optional.of(at)), missed));
                    day.lastPulledAt()
                            .ifPresent(at -> served.merge(image, at, (one, other) -> one.isAfter(other) ? one : other));
                }));
        missed.entrySet().removeIf(image -> {
            Instant last = served.get(image.getKey());
            return last != null
                    && image.getValue().unserved().filter(last::isBefore).isEmpty();
        });
        return missed;
    }

    private static void add(ImageReference image, Failed failed, Map<Digested, Failed> missed) {
        if (image instanceof Digested digested) {
            missed.merge(digested, failed, Failed::and);
        }
    }

    /** Yesterday, if it is closed: what failed shortly before midnight may not have been tried yet. */
    private Map<LocalDate, List<UsageRow>> closed(Instant now) {
        LocalDate yesterday = day(now).minusDays(1);
        return history.openDays().containsKey(yesterday) ? Map.of() : summaries.read(yesterday, yesterday);
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

    private static void failed(
            ImageReference image, long failures, Optional<Instant> last, Map<Tagged, Pulled> pulled) {
        if (image instanceof Tagged tagged) {
            Pulled before = pulled.getOrDefault(tagged, new Pulled(new TreeMap<>(), Optional.empty(), 0));
            pulled.put(tagged, new Pulled(before.days(), later(before.last(), last), before.failed() + failures));
        }
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.filter(one.get()::isBefore).isPresent() ? other : one;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
