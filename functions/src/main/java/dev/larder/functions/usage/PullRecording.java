package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.Pull;
import dev.larder.domain.usage.Tally;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;

/**
 * Records the pulls of one image: first the record, which is exact; then the note that its day is to be rolled up; last the
 * running figures.
 *
 * <p>A crash between the first and the last loses the pulls' share of the running figures, since the retry finds them
 * recorded already. So those are approximate until {@link UsageRollup} sets them right from the record. {@code
 * lastPulledAt}, which protects from eviction, is never lost: it does not depend on whether a pull is new.
 */
public final class PullRecording {
    private static final int TRIES = 10;

    private final UsageRecords records;
    private final Tallies tallies;
    private final ForwardDecay decay;

    /** Takes the ports and the decay of popularity. */
    public PullRecording(UsageRecords records, Tallies tallies, ForwardDecay decay) {
        this.records = records;
        this.tallies = tallies;
        this.decay = decay;
    }

    /** From now on every pull is recorded. */
    public void begin(Instant now) {
        records.begin(now);
    }

    /**
     * Records.
     *
     * @param pulls of this image, at least one
     * @return how many were not recorded before
     */
    public int record(ImageReference image, List<Pull> pulls, Instant now) {
        Tally seen = tallies.of(image);
        List<Pull> fresh = records.add(image, pulls);
        TreeSet<LocalDate> days = new TreeSet<>();
        pulls.forEach(pull -> days.add(pull.bucket().day()));
        days.removeIf(day -> isNoted(image, day, seen, now));
        days.forEach(day -> records.note(image, day));
        Instant last = pulls.stream().map(Pull::time).max(Instant::compareTo).orElseThrow();
        follow(image, seen, fresh, last);
        return fresh.size();
    }

    /**
     * Whether today's note was made for certain. It is made before {@code lastPulledAt} moves into a day, and taken off only
     * when the day is over. This saves a write for each batch of an image that is pulled all day. The digests' {@code
     * lastPulledAt} also moves without a note.
     */
    private static boolean isNoted(ImageReference image, LocalDate day, Tally seen, Instant now) {
        return image instanceof Tagged
                && day.equals(LocalDate.ofInstant(now, ZoneOffset.UTC))
                && seen.lastPulledAt()
                        .filter(at -> LocalDate.ofInstant(at, ZoneOffset.UTC).equals(day))
                        .isPresent();
    }

    private void follow(ImageReference image, Tally first, List<Pull> fresh, Instant last) {
        Tally seen = first;
        for (int i = 0; i < TRIES; i++) {
            Tally to = seen.with(fresh, decay).seen(last);
            if (to.equals(seen) || tallies.move(image, seen, to)) {
                return;
            }
            seen = tallies.of(image);
        }
        throw new IllegalStateException("could not update the figures of " + image + ": they changed " + TRIES
                + " times while they were being written");
    }
}
