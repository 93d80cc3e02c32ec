package dev.larder.functions.usage;

import dev.larder.domain.usage.ImageDay;
import dev.larder.events.image.ImageReference;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The days that are closed: what is kept of them, image by image. */
public interface UsageDays {
    /**
     * What is kept of an image's day.
     *
     * @param halfLife that the day's score was made with
     */
    record KeptDay(LocalDate day, ImageDay usage, Duration halfLife) {}

    /** One day of an image. */
    Optional<KeptDay> kept(ImageReference image, LocalDate day);

    /** The days of an image that have any pull, the first one first: one item each. */
    List<KeptDay> kept(ImageReference image, LocalDate from, LocalDate to);

    /** Keeps a day, in place of what was kept of it before. */
    void keep(ImageReference image, KeptDay day);

    /** The last closed day; those before it are closed, too. Absent when none is. */
    Optional<LocalDate> closedThrough();

    /** The day on which recording began; absent when it has not. */
    Optional<LocalDate> begun();

    /** All days until this one are closed; never goes back. */
    void closed(LocalDate day);
}
