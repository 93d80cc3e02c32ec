package dev.larder.benchmarks.warming;

import static dev.larder.benchmarks.warming.Worlds.BEGINS;
import static dev.larder.benchmarks.warming.Worlds.change;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.benchmarks.warming.Ecr.Outcome;
import dev.larder.benchmarks.warming.TagChanges.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcrTest {
    private static final long DAY = 86_400;

    private final World world = Worlds.ofOneTag(100);
    private final Ecr ecr = new Ecr(world);

    @Test
    void theFirstPullImportsTheIndexAndEveryPlatform() {
        happens(0);
        assertEquals(Outcome.IMPORTED, ecr.pull(0, 0));
        assertEquals(0, ecr.heads());
        assertEquals(5, ecr.manifests());
        assertEquals(world.build(0).bytes(), ecr.bytes());
    }

    @Test
    void aTagIsTrustedUntilTheVerySecondAtWhichItsCheckIsADayOld() {
        happens(0);
        ecr.pull(0, 50);
        assertEquals(Outcome.FRESH, ecr.pull(0, 50 + DAY - 1));
        assertEquals(0, ecr.heads());
        assertEquals(Outcome.CHECKED, ecr.pull(0, 50 + DAY));
        assertEquals(1, ecr.heads());
        assertEquals(Outcome.FRESH, ecr.pull(0, 50 + 2 * DAY - 1));
        assertEquals(5, ecr.manifests());
    }

    @Test
    void whatMovedIsServedAsItWasUntilTheNextCheckImportsIt() {
        happens(0);
        ecr.pull(0, 50);
        happens(1);
        assertEquals(Outcome.OUTDATED, ecr.pull(0, 100));
        assertEquals(Outcome.IMPORTED, ecr.pull(0, 50 + DAY));
        assertEquals(1, ecr.heads());
        assertEquals(10, ecr.manifests());
        assertEquals(1, ecr.cached(0));
    }

    @Test
    void aTagIsPutOnWhatIsThereAndNothingElse() {
        happens(0);
        ecr.pull(0, 50);
        happens(1);
        assertThrows(IllegalArgumentException.class, () -> ecr.put(0, 1, 60));
        ecr.put(0, 0, 60);
        assertEquals(Outcome.OUTDATED, ecr.pull(0, 60 + DAY - 1));
        assertEquals(0, ecr.heads());
        assertEquals(5, ecr.manifests());
    }

    @Test
    void aBuildThatIsThereUnderAnotherTagCostsItsIndexOnly() {
        World two = new World(new TagChanges(
                List.of(
                        change(BEGINS, "app", "1", Kind.START, "b", "amd64", "arm64"),
                        change(BEGINS, "app", "2", Kind.START, "b", "amd64", "arm64")),
                0));
        Ecr shared = new Ecr(two);
        shared.change(0, Kind.START, 0);
        shared.change(1, Kind.START, 0);
        shared.pull(0, 0);
        assertEquals(Outcome.IMPORTED, shared.pull(1, 0));
        assertEquals(6, shared.manifests());
        assertEquals(two.build(0).bytes(), shared.bytes());
    }

    @Test
    void whatIsNotBuiltAnyMoreStaysAsItIs() {
        happens(0);
        ecr.change(0, Kind.REMOVED, 0);
        assertEquals(Outcome.IMPORTED, ecr.pull(0, 0));
    }

    @Test
    void whatOnlyOthersThanClientsFetchedCountsAsNeverPulled() {
        happens(0);
        ecr.fetch(0, 0);
        assertEquals(world.build(0).bytes(), ecr.bytesNeverPulled());
        ecr.pull(0, 1);
        assertEquals(0, ecr.bytesNeverPulled());
    }

    @Test
    void aTagThatTheUpstreamDoesNotHaveYetCannotBeFetched() {
        assertThrows(IllegalStateException.class, () -> ecr.fetch(0, 0));
    }

    private void happens(int change) {
        ecr.change(world.changedTag(change), world.kind(change), world.changedTo(change));
    }
}
