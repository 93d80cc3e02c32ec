package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.Digest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No shape of a large repository takes more than the time to look at each relation; loose bounds, for busy machines. */
class PlanSpeedTest {
    private static final int IMAGES = 100_000;
    private static final Duration MOST = Duration.ofSeconds(30);

    @Test
    void manyIndexesWithTheirImages() {
        Repositories repository = new Repositories();
        for (int i = 0; i < IMAGES; i += 4) {
            repository
                    .index(i, Set.of(i + 1, i + 2), "1.0." + i)
                    .image(i + 1)
                    .image(i + 2)
                    .referrer(i + 3, i);
            if (i % 8 == 0) {
                repository.pulled(i + 1, Repositories.daysAgo(1));
            }
        }
        assertFast(repository, IMAGES / 2);
    }

    /** What keeps the last one goes through all of them, one after the other. */
    @Test
    void aChainOfIndexesOfIndexes() {
        Repositories repository = new Repositories();
        for (int i = 0; i < IMAGES; i++) {
            repository.index(i, Set.of(i + 1));
        }
        assertFast(repository, IMAGES);
        repository.pulled(IMAGES - 1, Repositories.daysAgo(1));
        assertFast(repository, 0);
    }

    @Test
    void oneIndexOfAllAndAllOfOneImage() {
        Repositories repository = new Repositories();
        Set<Integer> all = new HashSet<>(IntStream.range(1, IMAGES / 2).boxed().toList());
        repository.index(0, all, "all");
        for (int i = 1; i < IMAGES / 2; i++) {
            repository.index(i, Set.of(IMAGES));
        }
        for (int i = IMAGES / 2; i < IMAGES; i++) {
            repository.referrer(i, IMAGES);
        }
        repository.image(IMAGES);
        assertFast(repository, IMAGES + 1);
    }

    @Test
    void oneFamilyOfAllTags() {
        Repositories repository = new Repositories();
        repository.rule = Repositories.rule(EvictionRule.ALL, 30, 30, 30, 2);
        for (int i = 0; i < IMAGES / 1000; i++) {
            int image = i;
            repository.image(
                    i,
                    IntStream.range(0, 1000).mapToObj(tag -> image + "." + tag).toArray(String[]::new));
        }
        assertFast(repository, IMAGES / 1000 - 1);
    }

    private static void assertFast(Repositories repository, int goes) {
        RepositoryState state = repository.state();
        Policy policy = repository.policy();
        long start = System.nanoTime();
        RepositoryPlan plan = RepositoryPlan.of(state, policy, Repositories.NOW);
        List<Group> groups = Groups.of(plan);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Set<Digest> gone = Registries.gone(plan);
        assertEquals(goes, gone.size());
        assertEquals(goes, groups.stream().mapToInt(Group::images).sum());
        assertTrue(took.compareTo(MOST) < 0, took.toString());
    }
}
