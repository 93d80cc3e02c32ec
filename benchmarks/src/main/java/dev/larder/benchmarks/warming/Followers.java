package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.warming.Adoption;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Successors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The new versions of what is pulled. They are found anew every hour, and in a repository after each list of its tags; how
 * often new versions are adopted, an average over weeks, is learned every six hours. Larder in an account does both at each
 * plan, which differs by little.
 */
final class Followers {
    private static final long FINDS_EVERY = 3600;
    private static final long LEARNS_EVERY = 6 * 3600;

    /** A successor, and its number. */
    record Follower(Successors.Successor successor, int tag) {}

    private final World world;
    private final Watches watches;
    private final Lookout lookout;
    private final long minimumPulls;
    private final List<List<Follower>> byRepository = new ArrayList<>();
    private Adoption adoption = new Adoption();
    private long foundAt = -FINDS_EVERY;
    private long learnedAt = -LEARNS_EVERY;

    /**
     * Finds none yet.
     *
     * @param minimumPulls of an image, for others to follow it
     */
    Followers(World world, Watches watches, Lookout lookout, long minimumPulls) {
        this.world = world;
        this.minimumPulls = minimumPulls;
        this.watches = watches;
        this.lookout = lookout;
        for (int i = 0; i < world.repositories(); i++) {
            byRepository.add(List.of());
        }
    }

    /**
     * Those of now, some of them perhaps an hour old.
     *
     * @param listed the repositories of which a list of tags came in
     */
    Stream<Follower> at(Instant now, List<Integer> listed) {
        long second = now.getEpochSecond();
        if (second >= learnedAt + LEARNS_EVERY) {
            learn(now);
            learnedAt = second;
        }
        if (second >= foundAt + FINDS_EVERY) {
            for (int i = 0; i < world.repositories(); i++) {
                find(i, now);
            }
            foundAt = second;
        } else {
            listed.forEach(repository -> find(repository, now));
        }
        return byRepository.stream().flatMap(List::stream);
    }

    private void learn(Instant now) {
        adoption = new Adoption();
        for (int i = 0; i < world.repositories(); i++) {
            List<VersionTag> pulled =
                    leading(i).flatMap(image -> image.version().stream()).toList();
            lookout.news(i).ifPresent(news -> adoption.learn(news, pulled, now));
        }
    }

    private void find(int repository, Instant now) {
        lookout.news(repository).ifPresent(news -> {
            List<Known> pulled = leading(repository).filter(this::isOften).toList();
            List<Follower> found = Successors.of(news, pulled, adoption, now).stream()
                    .map(successor -> new Follower(successor, world.number(successor.image())))
                    .toList();
            found.forEach(follower -> lookout.lookOnce(watches.of(follower.tag()), now));
            byRepository.set(repository, found);
        });
    }

    private Stream<Known> leading(int repository) {
        return watches.in(repository).stream().filter(Watch::leads).map(Watch::known);
    }

    private boolean isOften(Known image) {
        return image.demand().filter(demand -> demand.pulls() >= minimumPulls).isPresent();
    }
}
