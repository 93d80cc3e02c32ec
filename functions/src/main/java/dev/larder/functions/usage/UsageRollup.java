package dev.larder.functions.usage;

import dev.larder.domain.popularity.ForwardDecay;
import dev.larder.domain.usage.DayTally;
import dev.larder.domain.usage.ImageDay;
import dev.larder.domain.usage.LogHour;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.usage.UsageDays.KeptDay;
import dev.larder.functions.usage.UsageLog.Mark;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Closes days: counts the log of a day that is over, and keeps the counts of each image. Each day is counted afresh from
 * the log, so that doing it twice, or again after a late event, or after a crash anywhere in it, is doing it once.
 */
public final class UsageRollup {
    private final UsageLog log;
    private final UsageDays days;
    private final UsageSummaries summaries;
    private final FigureKeeping figures;
    private final ImageRecords images;
    private final ForwardDecay decay;

    /** Takes the ports and the decay of popularity. */
    public UsageRollup(
            UsageLog log,
            UsageDays days,
            UsageSummaries summaries,
            Figures figures,
            ImageRecords images,
            ForwardDecay decay) {
        this.log = log;
        this.days = days;
        this.summaries = summaries;
        this.figures = new FigureKeeping(days, figures, decay);
        this.images = images;
        this.decay = decay;
    }

    /**
     * Closes the days that are over, closes those again that something late was logged for, and ranks images by the pulls
     * of the open days.
     *
     * @return how many images' figures were written
     */
    public int rollUp(Instant now) {
        // first the marks: what is logged while this runs leaves another one
        List<Mark> marks = log.marks();
        LocalDate lastOver = OpenDays.lastOver(now);
        Map<Tagged, OptionalDouble> open = open(lastOver, now);
        TreeSet<LocalDate> over = new TreeSet<>();
        OpenDays.of(days, now).stream().filter(day -> !day.isAfter(lastOver)).forEach(over::add);
        for (Mark mark : marks) {
            LocalDate day = mark.hour().day();
            if (!mark.late() && !OpenDays.isWhole(day, now)) {
                System.out.println(
                        day + " is not counted again, as some of its facts have expired: pulls that came late" + " for "
                                + mark.hour() + " are in no count. Do not let UsageKeeper stand still for days.");
                log.done(mark);
            } else if (!mark.late() && !day.isAfter(lastOver)) {
                over.add(day);
            }
        }
        int written = 0;
        for (LocalDate day : over) {
            written += close(day, open, now);
            marks.stream()
                    .filter(mark -> !mark.late() && mark.hour().day().equals(day))
                    .forEach(log::done);
        }
        written += closeLate(marks.stream().filter(Mark::late).toList(), open);
        for (Map.Entry<Tagged, OptionalDouble> image : open.entrySet()) {
            written += figures.rank(image.getKey(), image.getValue()) ? 1 : 0;
        }
        return written;
    }

    /** The share of the popularity that the days after those which are over have. */
    private Map<Tagged, OptionalDouble> open(LocalDate lastOver, Instant now) {
        Map<Tagged, OptionalDouble> open = new HashMap<>();
        UsageView view = new UsageView(log, images, decay);
        for (LocalDate day = lastOver.plusDays(1); !startsAfter(day, now); day = day.plusDays(1)) {
            view.day(day, now).images().forEach((image, usage) -> {
                if (image instanceof Tagged tagged) {
                    open.merge(tagged, usage.score(), ForwardDecay::sum);
                }
            });
        }
        return open;
    }

    private static boolean startsAfter(LocalDate day, Instant now) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(now);
    }

    private int close(LocalDate day, Map<Tagged, OptionalDouble> open, Instant now) {
        DayTally tally = new UsageView(log, images, decay).day(day, now);
        int written = 0;
        for (Map.Entry<ImageReference, ImageDay> image : tally.images().entrySet()) {
            written += close(image.getKey(), day, image.getValue(), open) ? 1 : 0;
        }
        tally.contents().forEach(this::protectMoved);
        if (!tally.rows().isEmpty()) {
            summaries.keep(day, tally.rows());
        }
        days.closed(day);
        return written;
    }

    /** The figures come first, the day last: a crash between them leaves the day to be closed again. */
    private boolean close(ImageReference image, LocalDate day, ImageDay counted, Map<Tagged, OptionalDouble> open) {
        Optional<KeptDay> before = days.kept(image, day);
        long late = before.map(kept -> kept.usage().late()).orElse(0L);
        KeptDay to = new KeptDay(day, counted.withLate(late), decay.halfLife());
        if (before.filter(to::equals).isPresent()) {
            return false;
        }
        keep(image, to, open);
        return true;
    }

    private void keep(ImageReference image, KeptDay day, Map<Tagged, OptionalDouble> open) {
        switch (image) {
            case Tagged tagged -> figures.add(tagged, day, open.getOrDefault(tagged, OptionalDouble.empty()));
            case Digested digested -> day.usage().lastPulledAt().ifPresent(at -> images.pulled(digested, at));
        }
        days.keep(image, day);
    }

    /** What a tag pointed at when it was pulled, and no longer does, keeps the time, which protects it. */
    private void protectMoved(Tagged image, Map<Digest, Instant> pulled) {
        Optional<Digest> now = images.tagged(image).flatMap(TaggedImage::digest);
        pulled.forEach((digest, time) -> {
            if (now.filter(digest::equals).isEmpty()) {
                images.pulled(new Digested(image.repository(), digest), time);
            }
        });
    }

    /** Late pulls are counted beside their day, which can no longer be counted itself. */
    private int closeLate(List<Mark> marks, Map<Tagged, OptionalDouble> open) {
        Map<LocalDate, TreeSet<Mark>> byDay = new TreeMap<>();
        marks.forEach(mark -> byDay.computeIfAbsent(
                        mark.hour().day(), day -> new TreeSet<>(Comparator.comparing(Mark::hour)))
                .add(mark));
        int written = 0;
        for (Map.Entry<LocalDate, TreeSet<Mark>> late : byDay.entrySet()) {
            UsageView view = new UsageView(log, images, decay);
            Map<ImageReference, Long> pulls = new HashMap<>();
            LogHour.of(late.getKey())
                    .forEach(hour -> view.late(hour)
                            .images()
                            .forEach((image, usage) -> pulls.merge(image, usage.pulls(), Long::sum)));
            for (Map.Entry<ImageReference, Long> image : pulls.entrySet()) {
                KeptDay before = days.kept(image.getKey(), late.getKey())
                        .orElse(new KeptDay(late.getKey(), ImageDay.NONE, decay.halfLife()));
                KeptDay to = new KeptDay(late.getKey(), before.usage().withLate(image.getValue()), before.halfLife());
                if (!to.equals(before)) {
                    keep(image.getKey(), to, open);
                    written++;
                }
            }
            late.getValue().forEach(log::done);
        }
        return written;
    }
}
