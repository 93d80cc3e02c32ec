package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import java.util.List;

/**
 * Says what is in use now. Never throws: what could not be read, or not wholly, comes as {@link InUse#unreadable}, since
 * nobody knows then what else is in use.
 */
public interface InUseSources {
    /** One answer of each source; the images are named as this registry has them, without its host. */
    List<InUse> now();

    /**
     * Reads a part of what takes long to read and is good for long, for some minutes at most, so that {@link #now}, when it is
     * asked right after it, does not take longer than who asks has time.
     *
     * @return whether nothing is left of it; otherwise the next call goes on, and it may do so later in a place that knows
     *     what this one read
     */
    default boolean readAhead() {
        return true;
    }
}
