package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.domain.warming.Interest;
import dev.larder.domain.warming.NewTags;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Larder asks the upstream itself: lists of tags, and what a tag points at. It counts the requests. */
final class Lookout {
    /** A registry answers so many tags at once. */
    private static final int PAGE = 1000;

    /** A tag whose sibling moved is worth a look when it is wanted within a day with this chance. */
    private static final double WORTH_A_LOOK = 0.2;

    private static final Duration DAY = Duration.ofDays(1);

    private final World world;
    private final Ecr ecr;
    private final Watches watches;
    private final List<Repository> repositories = new ArrayList<>();
    private long requests;

    private static final class Repository {
        private KnownTags tags;
        private Optional<Instant> movedAt = Optional.empty();
        private Optional<NewTags> news = Optional.empty();

        Repository(RepositoryName name) {
            tags = KnownTags.none(name);
        }
    }

    Lookout(World world, Ecr ecr, Watches watches) {
        this.world = world;
        this.ecr = ecr;
        this.watches = watches;
        for (int i = 0; i < world.repositories(); i++) {
            int any = world.tagsOf(i).getFirst();
            repositories.add(new Repository(world.tag(any).image().repository()));
        }
    }

    long requests() {
        return requests;
    }

    /** The tags that a repository got lately, as of its last list; absent before the first. */
    Optional<NewTags> news(int repository) {
        return repositories.get(repository).news;
    }

    /** The tags that a repository has at its upstream, as of its last list, and what those pointed at that were asked for. */
    KnownTags known(int repository, Instant now) {
        Map<Tag, Digest> looked = new HashMap<>();
        for (Watch watch : watches.in(repository)) {
            if (watch.hasLooked()) {
                looked.put(
                        world.tag(watch.tag()).image().tag(),
                        world.build(watch.sighted()).digest());
            }
        }
        return repositories.get(repository).tags.looked(looked, now);
    }

    /** Reads the lists that are worth reading, and says of which repositories. */
    List<Integer> look(Instant now) {
        List<Integer> listed = new ArrayList<>();
        for (int i = 0; i < repositories.size(); i++) {
            if (isDue(i, now)) {
                list(i, now);
                listed.add(i);
            }
        }
        return listed;
    }

    private boolean isDue(int number, Instant now) {
        boolean wanted = false;
        boolean tells = false;
        for (Watch watch : watches.in(number)) {
            if (watch.leads()) {
                wanted = true;
                tells |= watch.moves();
            }
        }
        Repository repository = repositories.get(number);
        return wanted
                && !new Interest(repository.tags.repository(), repository.tags.listedAt(), repository.movedAt, tells)
                        .due()
                        .isAfter(now);
    }

    private void list(int number, Instant now) {
        Repository repository = repositories.get(number);
        KnownTags old = repository.tags;
        Instant firstSeen = old.listedAt().isPresent() ? now : Instant.EPOCH;
        Map<Tag, KnownTags.Seen> tags = new HashMap<>(old.tags());
        int count = 0;
        for (int tag : world.tagsOf(number)) {
            if (ecr.upstream(tag) >= 0) {
                count++;
                tags.putIfAbsent(
                        world.tag(tag).image().tag(),
                        new KnownTags.Seen(firstSeen, Optional.empty(), Optional.empty()));
            }
        }
        requests += 1 + count / PAGE;
        repository.tags = new KnownTags(old.repository(), tags, Optional.of(now), Optional.empty());
        repository.news = Optional.of(NewTags.of(repository.tags, now));
    }

    /** Asks what a tag points at, once. */
    void lookOnce(Watch watch, Instant now) {
        if (!watch.hasLooked()) {
            requests++;
            watch.looked(ecr.upstream(watch.tag()), now.getEpochSecond());
        }
    }

    /**
     * A tag moved, so something came out: its repository's list may be worth reading, and the wanted tags that were on the
     * same build are looked at.
     *
     * @param from the build that it was on
     */
    void moved(int tag, int from, Instant now) {
        int number = world.tag(tag).repository();
        repositories.get(number).movedAt = Optional.of(now);
        for (Watch sibling : watches.in(number)) {
            if (sibling.tag() != tag && ecr.cached(sibling.tag()) == from && isWorthALook(sibling, now)) {
                requests++;
                if (ecr.upstream(sibling.tag()) != from) {
                    sibling.looked(ecr.upstream(sibling.tag()), now.getEpochSecond());
                }
            }
        }
    }

    private static boolean isWorthALook(Watch watch, Instant now) {
        if (!watch.wasPulled()) {
            return false;
        }
        watch.settle(now.getEpochSecond());
        return watch.known()
                .demand()
                .filter(demand -> demand.within(DAY, now) > WORTH_A_LOOK)
                .isPresent();
    }
}
