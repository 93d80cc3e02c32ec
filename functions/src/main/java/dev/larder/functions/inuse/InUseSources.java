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
}
