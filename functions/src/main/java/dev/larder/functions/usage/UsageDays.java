package dev.larder.functions.usage;

import dev.larder.domain.usage.DayUsage;
import dev.larder.domain.usage.DayUsage.BucketUsage;
import dev.larder.events.image.ImageReference;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The usage record while it is being rolled up: from buckets, which expire, to days, which stay. */
public interface UsageDays {
    /**
     * An image whose day has to be rolled up.
     *
     * @param changes how often something was noted since the last time
     */
    record Noted(ImageReference image, LocalDate day, long changes) {}

    /**
     * What is kept of a day.
     *
     * @param score the day's share of the popularity, made with this half-life
     */
    record KeptDay(LocalDate day, long pulls, OptionalDouble score, Duration halfLife) {}

    /** The images that have to be rolled up for a day. */
    List<Noted> noted(LocalDate day);

    /** The pulls of an image's day, in order. */
    List<BucketUsage> buckets(ImageReference image, LocalDate day);

    /** How many of the day's pulls made ECR go upstream. */
    long coldPulls(ImageReference image, LocalDate day);

    /** Keeps a day, in place of what was kept of it before. */
    void keep(ImageReference image, LocalDate day, DayUsage usage, Duration halfLife);

    /** The days that are kept of an image: day by day, at most one item each. */
    List<KeptDay> kept(ImageReference image, LocalDate from, LocalDate to);

    /** A kept day's pulls by principal; empty when none is kept. */
    Map<String, Long> keptBy(ImageReference image, LocalDate day);

    /** The day is rolled up; does nothing when something was noted since. */
    void done(Noted noted);
}
