package dev.larder.benchmarks.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.warming.Adoption;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Successors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The new versions of what is pulled, found anew every hour and after each list of tags. */
final class Followers {
    private static final long HOUR = 3600;

    /** A successor, and its number. */
    record Follower(Successors.Successor successor, int tag) {}

    private final World world;
    private final Watches watches;
    private final Lookout lookout;
    private List<Follower> followers = List.of();
    private long foundAt = Long.MIN_VALUE / 2;

    Followers(World world, Watches watches, Lookout lookout) {
        this.world = world;
        this.watches = watches;
        this.lookout = lookout;
    }

    /**
     * Those of now.
     *
     * @param listed whether a list of tags came in
     */
    List<Follower> at(Instant now, boolean listed) {
        if (listed || now.getEpochSecond() >= foundAt + HOUR) {
            followers = find(now);
            foundAt = now.getEpochSecond();
        }
        return followers;
    }

    private List<Follower> find(Instant now) {
        List<List<Known>> pulled = new ArrayList<>();
        Adoption adoption = new Adoption();
        for (int i = 0; i < world.repositories(); i++) {
            List<Known> some = watches.in(i).stream()
                    .filter(Watch::leads)
                    .map(Watch::known)
                    .toList();
            pulled.add(some);
            List<VersionTag> versions =
                    some.stream().flatMap(image -> image.version().stream()).toList();
            lookout.news(i).ifPresent(news -> adoption.learn(news, versions, now));
        }
        List<Follower> found = new ArrayList<>();
        for (int i = 0; i < pulled.size(); i++) {
            List<Known> some = pulled.get(i);
            lookout.news(i).ifPresent(news -> Successors.of(news, some, adoption, now)
                    .forEach(successor -> found.add(new Follower(successor, world.number(successor.image())))));
        }
        found.forEach(follower -> lookout.lookOnce(watches.of(follower.tag())));
        return found;
    }
}
