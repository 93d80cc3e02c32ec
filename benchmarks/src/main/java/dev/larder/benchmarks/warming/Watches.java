package dev.larder.benchmarks.warming;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Larder's record would have of all tags that it came across. */
final class Watches {
    private final World world;
    private final Ecr ecr;
    private final @Nullable Watch[] byTag;
    private final List<Watch> all = new ArrayList<>();
    private final List<List<Watch>> byRepository = new ArrayList<>();

    Watches(World world, Ecr ecr) {
        this.world = world;
        this.ecr = ecr;
        byTag = new Watch[world.tags()];
        for (int i = 0; i < world.repositories(); i++) {
            byRepository.add(new ArrayList<>());
        }
    }

    /** The record of a tag, begun now if there was none. */
    Watch of(int tag) {
        Watch watch = byTag[tag];
        if (watch == null) {
            watch = new Watch(world, ecr, tag);
            byTag[tag] = watch;
            all.add(watch);
            byRepository.get(world.tag(tag).repository()).add(watch);
        }
        return watch;
    }

    List<Watch> all() {
        return Collections.unmodifiableList(all);
    }

    List<Watch> in(int repository) {
        return Collections.unmodifiableList(byRepository.get(repository));
    }
}
