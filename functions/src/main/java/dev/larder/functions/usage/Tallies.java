package dev.larder.functions.usage;

import dev.larder.domain.usage.Tally;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;

/** The running figures of images. An image by digest has no popularity: it is not what Larder ranks. */
public interface Tallies {
    /** The figures of an image. */
    Tally of(ImageReference image);

    /**
     * Replaces the figures.
     *
     * @return false when they are no longer {@code seen}; nothing was written then
     */
    boolean move(ImageReference image, Tally seen, Tally to);

    /** Counts a pull that made ECR go upstream. */
    void addCold(Tagged image);
}
