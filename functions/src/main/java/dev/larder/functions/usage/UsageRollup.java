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
import java.util.LinkedHashSet;
import java.util.OptionalDouble;
import java.util.Set;

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

    private static final int TRIES = 5;

    private final UsageDays days;
    private final Tallies tallies;
    private final ForwardDecay decay;

    /** Takes the ports and the decay of popularity. */
    public UsageRollup(UsageDays days, Tallies tallies, ForwardDecay decay) {
        this.days = days;
        this.tallies = tallies;
        this.decay = decay;
    }

    /**
     * Rolls up what is over and not rolled up yet.
     *
     * @return how many days of images
     */
    public int rollUp(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Set<ImageReference> touched = new LinkedHashSet<>();
        int rolled = 0;
        for (int back = DAYS_BACK; back > 0; back--) {
            for (Noted noted : days.noted(today.minusDays(back))) {
                DayUsage usage = DayUsage.of(
                        days.buckets(noted.image(), noted.day()), days.coldPulls(noted.image(), noted.day()), decay);
                days.keep(noted.image(), noted.day(), usage, decay.halfLife());
                days.done(noted);
                touched.add(noted.image());
                rolled++;
            }
        }
        touched.forEach(image -> setRight(image, today));
        return rolled;
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
        for (KeptDay kept : days.kept(image)) {
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
