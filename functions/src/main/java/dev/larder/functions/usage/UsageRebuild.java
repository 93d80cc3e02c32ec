package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.usage.Figures.ImageFigures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/**
 * Computes every image's figures again from what is kept of each day: after a mistake, or when the file's half-life has
 * changed. Finds the images in the summaries of the days, and never scans. Doing it twice is doing it once.
 */
public final class UsageRebuild {
    /** The lease is taken anew after so many images: far fewer than 15 minutes' work. */
    private static final int IMAGES_PER_LEASE = 1_000;

    /** Scores are sums of doubles, and those that were added in another order differ in the last digits. */
    private static final double SAME = 1e-6;

    private final UsageDays days;
    private final UsageLog log;
    private final Figures figures;
    private final ImageRecords images;
    private final RecordedTags tags;
    private final RollupLease lease;
    private final ForwardDecay decay;
    private final InstantSource clock;
    private final FigureKeeping keeping;

    /** Takes the record, and the lease of those who write figures. */
    public UsageRebuild(
            UsageDays days,
            UsageSummaries summaries,
            UsageLog log,
            Figures figures,
            ImageRecords images,
            RollupLease lease,
            ForwardDecay decay,
            InstantSource clock) {
        this.days = days;
        this.log = log;
        this.figures = figures;
        this.images = images;
        this.tags = new RecordedTags(days, summaries, images);
        this.lease = lease;
        this.decay = decay;
        this.clock = clock;
        this.keeping = new FigureKeeping(days, figures, decay);
    }

    /**
     * Figures that are not what the days say.
     *
     * @param ranked what the image is ranked by
     * @param popularity what it has to be ranked by, the open days included
     */
    public record Change(
            Tagged image, ImageFigures from, ImageFigures to, OptionalDouble ranked, OptionalDouble popularity) {}

    /**
     * What came of it.
     *
     * @param images that were looked at
     */
    public record Rebuilt(int images, List<Change> changes) {
        /** Copies the list. */
        public Rebuilt {
            changes = List.copyOf(changes);
        }
    }

    /** What a rebuild would change. A day that is being closed meanwhile may be among it. */
    public Rebuilt compare() {
        Map<Tagged, OptionalDouble> open = open();
        Set<Tagged> all = tags.all();
        all.addAll(open.keySet());
        return new Rebuilt(
                all.size(),
                all.stream()
                        .flatMap(image -> change(image, share(open, image)).stream())
                        .toList());
    }

    /**
     * Writes all figures that are not what the days say.
     *
     * @throws IllegalStateException when the roll-up is running: of two that write figures one would miss a day
     */
    public Rebuilt rebuild() {
        String run = "rebuild-" + UUID.randomUUID();
        take(run);
        try {
            Map<Tagged, OptionalDouble> open = open();
            Set<Tagged> all = tags.all();
            all.addAll(open.keySet());
            List<Change> changes = new ArrayList<>();
            int looked = 0;
            for (Tagged image : all) {
                if (++looked % IMAGES_PER_LEASE == 0) {
                    take(run);
                }
                change(image, share(open, image)).ifPresent(change -> {
                    write(change);
                    changes.add(change);
                });
            }
            return new Rebuilt(all.size(), changes);
        } finally {
            lease.release(run);
        }
    }

    private void take(String run) {
        if (!lease.take(run, clock.instant())) {
            throw new IllegalStateException("could not rebuild the figures: the roll-up is running. It takes at most 15"
                    + " minutes; try again after it. What was rebuilt is right.");
        }
    }

    private void write(Change change) {
        if (!figures.replace(change.image(), change.from(), change.to(), change.popularity())) {
            throw new IllegalStateException("could not write the figures of " + change.image()
                    + ": somebody else wrote them meanwhile; run it again");
        }
    }

    private Optional<Change> change(Tagged image, OptionalDouble open) {
        ImageFigures from = figures.of(image);
        OptionalDouble ranked = figures.popularity(image);
        ImageFigures to = keeping.ofDays(image, from.lastPulledAt());
        OptionalDouble popularity = ForwardDecay.sum(to.score(), open);
        boolean same = from.pulls() == to.pulls()
                && from.coldPulls() == to.coldPulls()
                && from.closedThrough().equals(to.closedThrough())
                && from.lastPulledAt().equals(to.lastPulledAt())
                && (to.score().isEmpty() || from.halfLife().equals(to.halfLife()))
                && isNear(from.score(), to.score(), SAME)
                && isNear(ranked, popularity, FigureKeeping.RANK_STEP);
        return same ? Optional.empty() : Optional.of(new Change(image, from, to, ranked, popularity));
    }

    /** What has no pull has no score to write. */
    private static boolean isNear(OptionalDouble found, OptionalDouble wanted, double step) {
        return wanted.isEmpty() || (found.isPresent() && Math.abs(found.getAsDouble() - wanted.getAsDouble()) <= step);
    }

    private static OptionalDouble share(Map<Tagged, OptionalDouble> open, Tagged image) {
        return open.getOrDefault(image, OptionalDouble.empty());
    }

    private Map<Tagged, OptionalDouble> open() {
        Instant now = clock.instant();
        Map<Tagged, OptionalDouble> open = new HashMap<>();
        UsageView view = new UsageView(log, images, decay);
        OpenDays.of(days, now)
                .forEach(day -> view.day(day, now).images().forEach((image, usage) -> {
                    if (image instanceof Tagged tagged) {
                        open.merge(tagged, usage.score(), ForwardDecay::sum);
                    }
                }));
        return open;
    }
}
