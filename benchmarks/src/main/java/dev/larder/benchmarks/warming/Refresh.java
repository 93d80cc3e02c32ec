package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.EqualTags;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.List;

/**
 * Brings tags forward that have moved, as Larder's worker does for a plan: by what the cache has already, or by another tag
 * that points there, of up to five that are looked at and are not cached. It never takes a tag off. It counts the looks.
 */
final class Refresh {
    private static final int LOOKS = 5;

    private final World world;
    private final Ecr ecr;
    private final Watches watches;
    private final Lookout lookout;
    private long requests;

    Refresh(World world, Ecr ecr, Watches watches, Lookout lookout) {
        this.world = world;
        this.ecr = ecr;
        this.watches = watches;
        this.lookout = lookout;
    }

    long requests() {
        return requests;
    }

    /**
     * Brings one forward.
     *
     * @param seen whether Larder saw lately what the upstream has
     * @return whether it moved; it is left to ECR's own check when nothing else leads there
     */
    boolean forward(int tag, boolean seen, long now) {
        int build = ecr.upstream(tag);
        if (!(seen && ecr.isPresent(build))) {
            requests++;
        }
        if (build == ecr.cached(tag) || !(ecr.isPresent(build) || comesByAnother(tag, build, now))) {
            return false;
        }
        ecr.put(tag, build, now);
        return true;
    }

    private boolean comesByAnother(int tag, int build, long now) {
        for (int other : others(tag, build, now)) {
            requests++;
            if (ecr.upstream(other) == build) {
                ecr.fetch(other, now);
                watches.of(other).checked(now);
                return true;
            }
        }
        return false;
    }

    private List<Integer> others(int tag, int build, long now) {
        Tagged image = world.tag(tag).image();
        return EqualTags.of(
                        image.tag(),
                        world.build(build).digest(),
                        lookout.known(world.tag(tag).repository(), Instant.ofEpochSecond(now)))
                .stream()
                .map(other -> world.number(new Tagged(image.repository(), other)))
                .filter(other -> ecr.cached(other) < 0)
                .limit(LOOKS)
                .toList();
    }
}
