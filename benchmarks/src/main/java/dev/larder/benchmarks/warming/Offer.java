package dev.larder.benchmarks.warming;

import java.util.BitSet;
import java.util.List;

/** The tags that the upstream builds, for Linux, as time goes on. */
final class Offer {
    private final World world;
    private final BitSet offered;
    private int change;

    Offer(World world) {
        this.world = world;
        offered = new BitSet(world.tags());
    }

    /** Takes in all changes up to a time. */
    void until(long time) {
        for (; change < world.changes() && world.changedAt(change) <= time; change++) {
            offered.set(
                    world.changedTag(change),
                    world.kind(change) != TagChanges.Kind.REMOVED
                            && world.build(world.changedTo(change)).linux());
        }
    }

    boolean isEmpty() {
        return offered.isEmpty();
    }

    /** Those of a repository, in the order of their numbers. */
    List<Integer> of(int repository) {
        return world.tagsOf(repository).stream().filter(offered::get).toList();
    }
}
