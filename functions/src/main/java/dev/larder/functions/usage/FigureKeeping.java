package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.usage.Figures.ImageFigures;
import dev.larder.functions.usage.UsageDays.KeptDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Keeps images' figures what their days say. A day is added to the figures once: they say which days are in them. A day
 * that changes later makes them be computed again from all days.
 */
final class FigureKeeping {
    private static final int TRIES = 5;

    /** A rank that is off by this much (7 %) is written anew before its day is over. */
    static final double RANK_STEP = 0.1;

    private final UsageDays days;
    private final Figures figures;
    private final ForwardDecay decay;

    FigureKeeping(UsageDays days, Figures figures, ForwardDecay decay) {
        this.days = days;
        this.figures = figures;
        this.decay = decay;
    }

    /**
     * Takes a day in.
     *
     * @param open the share of the popularity that the open days have
     */
    void add(Tagged image, KeptDay day, OptionalDouble open) {
        for (int i = 0; i < TRIES; i++) {
            ImageFigures seen = figures.of(image);
            boolean later = seen.closedThrough()
                    .filter(through -> !through.isBefore(day.day()))
                    .isPresent();
            ImageFigures to =
                    later || !seen.isMadeWith(decay.halfLife()) ? recorded(image, Optional.of(day)) : plus(seen, day);
            if (figures.replace(image, seen, to, ForwardDecay.sum(to.score(), open))) {
                return;
            }
        }
        throw new IllegalStateException("could not write the figures of " + image + ": they changed " + TRIES
                + " times while they were being written; the next run tries again");
    }

    /**
     * What the days alone say.
     *
     * @param lastPulledAt as it is known: it never goes back, since it protects the image
     */
    ImageFigures ofDays(Tagged image, Optional<Instant> lastPulledAt) {
        ImageFigures sum = recorded(image, Optional.empty());
        return new ImageFigures(
                sum.pulls(),
                sum.coldPulls(),
                sum.score(),
                latest(lastPulledAt, sum.lastPulledAt()),
                sum.closedThrough(),
                sum.halfLife());
    }

    /** Ranks an image by its open days, too. */
    boolean rank(Tagged image, OptionalDouble open) {
        ImageFigures seen = figures.of(image);
        if (!seen.isMadeWith(decay.halfLife())) {
            ImageFigures to = ofDays(image, seen.lastPulledAt());
            return figures.replace(image, seen, to, ForwardDecay.sum(to.score(), open));
        }
        OptionalDouble rank = ForwardDecay.sum(seen.score(), open);
        OptionalDouble ranked = figures.popularity(image);
        if (rank.isEmpty() || (ranked.isPresent() && Math.abs(rank.getAsDouble() - ranked.getAsDouble()) < RANK_STEP)) {
            return false;
        }
        figures.rank(image, rank.getAsDouble());
        return true;
    }

    private ImageFigures recorded(Tagged image, Optional<KeptDay> changed) {
        TreeMap<LocalDate, KeptDay> all = new TreeMap<>();
        days.kept(image, LocalDate.EPOCH, LocalDate.of(9999, 1, 1)).forEach(kept -> all.put(kept.day(), kept));
        changed.ifPresent(day -> all.put(day.day(), day));
        ImageFigures sum = ImageFigures.NONE;
        for (KeptDay kept : all.values()) {
            sum = plus(sum, kept);
        }
        return sum;
    }

    private ImageFigures plus(ImageFigures before, KeptDay kept) {
        ImageDay day = kept.usage();
        return new ImageFigures(
                before.pulls() + day.pulls() + day.late(),
                before.coldPulls() + day.cold(),
                ForwardDecay.sum(before.score(), score(kept)),
                latest(before.lastPulledAt(), day.lastPulledAt()),
                Optional.of(before.closedThrough()
                        .filter(through -> through.isAfter(kept.day()))
                        .orElse(kept.day())),
                decay.halfLife());
    }

    /** When the file's half-life has changed since, the exact times are gone; noon is at most half a day off. */
    private OptionalDouble score(KeptDay kept) {
        if (kept.halfLife().equals(decay.halfLife())) {
            return kept.usage().score();
        }
        Instant noon = kept.day().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        return decay.add(OptionalDouble.empty(), kept.usage().pulls(), noon);
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(at -> other.filter(at::isBefore).isEmpty()).or(() -> other);
    }
}
