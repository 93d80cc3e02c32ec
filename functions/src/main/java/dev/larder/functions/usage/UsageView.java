package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.DayTally;
import dev.larder.domain.usage.Fact;
import dev.larder.domain.usage.LogHour;
import dev.larder.domain.usage.PullCounting;
import dev.larder.domain.usage.Tagging;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.table.ImageRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Counts the pulls of a day from the log. What is known of tags is read once for each repository, so that one view is
 * consistent: make a new one for a new question.
 */
public final class UsageView {
    private final UsageLog log;
    private final ForwardDecay decay;
    private final PullCounting counting;

    /** Takes the log, what is known of tags, and the decay of popularity. */
    public UsageView(UsageLog log, ImageRecords images, ForwardDecay decay) {
        this.log = log;
        this.decay = decay;
        Map<RepositoryName, Tagging> taggings = new HashMap<>();
        this.counting = new PullCounting(repository -> taggings.computeIfAbsent(repository, images::tagging));
    }

    /** A day's pulls as far as they are logged, hour by hour, so that at most four hours are in memory. */
    public DayTally day(LocalDate day, Instant now) {
        return day(day, now, log::read);
    }

    /** @param read gives the facts of an hour */
    DayTally day(LocalDate day, Instant now, Function<LogHour, List<Fact>> read) {
        DayTally tally = new DayTally(decay);
        List<LogHour> hours =
                LogHour.of(day).filter(hour -> !hour.start().isAfter(now)).toList();
        if (hours.isEmpty()) {
            return tally;
        }
        List<Fact> before = read.apply(hours.getFirst().previous());
        List<Fact> during = read.apply(hours.getFirst());
        for (LogHour hour : hours) {
            List<Fact> after = hour.next().start().isAfter(now) ? List.of() : read.apply(hour.next());
            if (!during.isEmpty()) {
                tally.add(counting.count(hour, around(hour, before, during, after)));
            }
            before = during;
            during = after;
        }
        return tally;
    }

    /** The pulls of an hour whose events came when its own record was no longer kept. */
    public DayTally late(LogHour hour) {
        return new DayTally(decay).add(counting.count(hour, log.readLate(hour)));
    }

    private static List<Fact> around(LogHour hour, List<Fact> before, List<Fact> during, List<Fact> after) {
        List<Fact> facts = new ArrayList<>(during);
        Instant from = hour.start().minus(PullCounting.BEFORE);
        Instant to = hour.end().plus(PullCounting.AFTER);
        before.stream().filter(fact -> !fact.time().isBefore(from)).forEach(facts::add);
        after.stream().filter(fact -> !fact.time().isAfter(to)).forEach(facts::add);
        return facts;
    }
}
