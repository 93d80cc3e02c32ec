package dev.larder.functions.inuse;

import dev.larder.events.image.ImageReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What clusters that nobody can ask report of the images that they use. */
public interface ReportedLists {
    /**
     * Keeps a list in place of the cluster's last one: all of it, or none.
     *
     * @param images of this registry, without its host
     * @return false when a later list of that cluster is there already; it stays, unless it is dated in the future
     */
    boolean put(ReportedList list, Collection<ImageReference> images);

    /** Forgets a cluster's list; false when there was none. */
    boolean remove(String cluster);

    /** All lists, by cluster, stale ones included. */
    List<ReportedList> all();

    /** The images of a cluster's newest list; absent when there is none, or when not all of it is there. */
    Optional<List<ImageReference>> images(String cluster);
}
