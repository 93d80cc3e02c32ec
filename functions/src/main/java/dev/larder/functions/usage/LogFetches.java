package dev.larder.functions.usage;

import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.Fact.Fetch;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@link LatestFetches} of the log. The open days are read once, after that only what was written since. Whether a fetch
 * counts as a pull does not matter here: each protects what it names.
 */
public final class LogFetches implements LatestFetches {
    /** The clocks of the functions that write may be this much behind. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private final UsageLog log;
    private final UsageDays days;
    private final InstantSource clock;
    private final Map<RepositoryName, Map<ImageReference, Instant>> latest = new HashMap<>();
    private Instant readUntil = Instant.MIN;

    /** Takes the log, and the days that are closed. */
    public LogFetches(UsageLog log, UsageDays days, InstantSource clock) {
        this.log = log;
        this.days = days;
        this.clock = clock;
    }

    @Override
    public Map<ImageReference, Instant> of(RepositoryName repository) {
        read();
        return Map.copyOf(latest.getOrDefault(repository, Map.of()));
    }

    private void read() {
        Instant now = clock.instant();
        List<UsageLog.Mark> marks = log.marks();
        if (readUntil.equals(Instant.MIN)) {
            Stream.concat(OpenDays.hours(OpenDays.of(days, now), now), hoursOf(marks))
                    .distinct()
                    .forEach(hour -> add(log.read(hour)));
        } else {
            Instant from = readUntil.minus(CLOCKS);
            // as many hours as have ended since; those before them have marks
            Stream.concat(
                            Stream.iterate(
                                    LogHour.of(from).previous(),
                                    hour -> !hour.start().isAfter(now),
                                    LogHour::next),
                            hoursOf(marks))
                    .distinct()
                    .forEach(hour -> add(log.readSince(hour, from)));
        }
        marks.stream().filter(UsageLog.Mark::late).forEach(mark -> add(log.readLate(mark.hour())));
        readUntil = now;
    }

    /** Hours of days that may be closed, though not with all that is in their log. */
    private static Stream<LogHour> hoursOf(List<UsageLog.Mark> marks) {
        return marks.stream().map(UsageLog.Mark::hour);
    }

    private void add(Collection<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof Fetch fetch && fetch.error().isEmpty()) {
                latest.computeIfAbsent(fetch.image().repository(), name -> new HashMap<>())
                        .merge(fetch.image(), fetch.time(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
    }
}
