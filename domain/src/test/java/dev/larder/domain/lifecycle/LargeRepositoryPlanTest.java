package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The plan of a repository of as many images as ECR lets it have, whatever they hang on: no chain of them is too long for the
 * stack. How long the plan takes is the benchmark PlanShapes'.
 */
class LargeRepositoryPlanTest {
    private static final int IMAGES = 100_000;

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
        assertGone(repository, IMAGES / 2);
    }

    /** What keeps the last one goes through all of them, one after the other. */
    @Test
    void aChainOfIndexesOfIndexes() {
        Repositories repository = new Repositories();
        for (int i = 0; i < IMAGES; i++) {
            repository.index(i, Set.of(i + 1));
        }
        assertGone(repository, IMAGES);
        repository.pulled(IMAGES - 1, Repositories.daysAgo(1));
        assertGone(repository, 0);
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
        assertGone(repository, IMAGES + 1);
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
        assertGone(repository, IMAGES / 1000 - 1);
    }

    private static void assertGone(Repositories repository, int goes) {
        RepositoryState state = repository.state();
        Policy policy = repository.policy();
        RepositoryPlan plan = RepositoryPlan.of(state, policy, Repositories.NOW);
        List<Group> groups = Groups.of(plan);
        Set<Digest> gone = Registries.gone(plan);
        assertEquals(goes, gone.size());
        assertEquals(goes, groups.stream().mapToInt(Group::images).sum());
    }
}
