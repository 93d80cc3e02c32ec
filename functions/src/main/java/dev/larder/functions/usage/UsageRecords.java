package dev.larder.functions.usage;

import dev.larder.domain.usage.EventHash;
import dev.larder.domain.usage.Pull;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The usage record while it is being written: sets that only grow, so that a pull that comes again, in whatever batch,
 * changes nothing.
 */
public interface UsageRecords {
    /** From now on every pull is recorded. Only the first call ever decides. */
    void begin(Instant now);

    /**
     * Adds pulls of one image.
     *
     * @return those that were not there before, each once
     */
    List<Pull> add(ImageReference image, List<Pull> pulls);

    /**
     * Adds a pull that made ECR go upstream.
     *
     * @return whether it was not there before
     */
    boolean addCold(Tagged image, EventHash event, Instant time);

    /** Something was added to this image's day, so that the day has to be rolled up, once more if need be. */
    void note(ImageReference image, LocalDate day);
}
