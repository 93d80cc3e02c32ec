package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.DayUsage;
import dev.larder.domain.usage.DayUsage.BucketUsage;
import dev.larder.domain.usage.Tally;
import dev.larder.events.image.ImageReference;
import dev.larder.functions.usage.UsageDays.KeptDay;
import dev.larder.functions.usage.UsageDays.Noted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sums up the days that are over, and sets the running figures of their images right. Each day is computed afresh from its
 * buckets, so doing it twice, or again after a late event, is doing it once.
 */
public final class UsageRollup {
    /**
     * So far back late events are looked for: a message may wait 4 days in the queue and 14 in the dead-letter queue, each
     * redrive anew. Shorter than buckets stay.
     */
    static final int DAYS_BACK = 30;

    /** So far back every run looks; the days before that are looked at once a day, as late events are rare. */
    static final int LATEST_DAYS = 2;

    /**
     * So many images are rolled up in one run; the others wait for the next. An image takes about ten calls of DynamoDB, and
     * the run that this is part of has five minutes.
     */
    private static final int IMAGES = 2_000;

    private static final int TRIES = 5;

    private final UsageDays days;
    private final Tallies tallies;
    private final ForwardDecay decay;
    private final int limit;
    /** The day on which this instance was done with looking far back. */
    private volatile Optional<LocalDate> lookedBack = Optional.empty();

    /** Takes the ports and the decay of popularity. */
    public UsageRollup(UsageDays days, Tallies tallies, ForwardDecay decay) {
        this(days, tallies, decay, IMAGES);
    }

    UsageRollup(UsageDays days, Tallies tallies, ForwardDecay decay, int limit) {
        this.days = days;
        this.tallies = tallies;
        this.decay = decay;
        this.limit = limit;
    }

    /**
     * Rolls up what is over and not rolled up yet, as far as one run gets. The first run of a day, and each that finds more than
     * it can do, looks at all days; the others look at the latest ones.
     *
     * @return how many days of images
     */
    public int rollUp(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<ImageReference, List<Noted>> waiting = new LinkedHashMap<>();
        boolean far = !lookedBack.equals(Optional.of(today));
        for (int back = far ? DAYS_BACK : LATEST_DAYS; back > 0; back--) {
            days.noted(today.minusDays(back))
                    .forEach(noted -> waiting.computeIfAbsent(noted.image(), image -> new ArrayList<>())
                            .add(noted));
        }
        int done = waiting.entrySet().stream()
                .limit(limit)
                .mapToInt(image -> rollUp(image.getKey(), image.getValue(), today))
                .sum();
        if (far && waiting.size() <= limit) {
            lookedBack = Optional.of(today);
        }
        return done;
    }

    /** The notes go last, so that whatever a crash leaves undone is done by the next run. */
    private int rollUp(ImageReference image, List<Noted> notes, LocalDate today) {
        notes.forEach(noted -> days.keep(
                image,
                noted.day(),
                DayUsage.of(days.buckets(image, noted.day()), days.coldPulls(image, noted.day()), decay),
                decay.halfLife()));
        setRight(image, today);
        notes.forEach(days::done);
        return notes.size();
    }

    /** Puts the figures that the record gives in place of the running ones. */
    private void setRight(ImageReference image, LocalDate today) {
        for (int i = 0; i < TRIES; i++) {
            Tally seen = tallies.of(image);
            Tally recorded = recorded(image, today);
            Tally to = new Tally(recorded.pulls(), recorded.popularity(), seen.lastPulledAt());
            if (to.equals(seen) || tallies.move(image, seen, to)) {
                return;
            }
        }
        // pulled more often than it can be read: the next roll-up finds a calmer moment, and until then it follows
        // closely
    }

    private Tally recorded(ImageReference image, LocalDate today) {
        Tally tally = Tally.NONE;
        for (KeptDay kept : days.kept(image, LocalDate.EPOCH, today)) {
            tally = plus(tally, kept);
        }
        for (BucketUsage bucket : days.buckets(image, today)) {
            tally = tally.plus(bucket.pulls(), bucket.bucket().time(), decay);
        }
        return tally;
    }

    private Tally plus(Tally tally, KeptDay kept) {
        if (!kept.halfLife().equals(decay.halfLife())) {
            // the file's half-life has changed since; the exact times are gone, and noon is at most half a day off
            Instant noon = kept.day().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
            return tally.plus(kept.pulls(), noon, decay);
        }
        OptionalDouble popularity = ForwardDecay.sum(tally.popularity(), kept.score());
        return new Tally(tally.pulls() + kept.pulls(), popularity, tally.lastPulledAt());
    }
}
