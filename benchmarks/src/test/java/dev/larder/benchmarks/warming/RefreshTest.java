package dev.larder.benchmarks.warming;

import static dev.larder.benchmarks.warming.Worlds.BEGINS;
import static dev.larder.benchmarks.warming.Worlds.change;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.benchmarks.warming.TagChanges.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tags 1.4 and 1.4.1 are on one build; then 1.4 moves on, with a new tag 1.4.2 or without one. */
class RefreshTest {
    private static final long NOW = 1_000;

    private final World world = new World(new TagChanges(
            List.of(
                    change(BEGINS, "app", "1.4", Kind.START, "b1", "amd64", "arm64"),
                    change(BEGINS, "app", "1.4.1", Kind.START, "b1", "amd64", "arm64"),
                    change(BEGINS.plusSeconds(100), "app", "1.4", Kind.MOVED, "b2", "amd64", "arm64"),
                    change(BEGINS.plusSeconds(100), "app", "1.4.2", Kind.NEW, "b2", "amd64", "arm64")),
            0));
    private final Ecr ecr = new Ecr(world);
    private final Watches watches = new Watches(world, ecr);
    private final Lookout lookout = new Lookout(world, ecr, watches);
    private final Refresh refresh = new Refresh(world, ecr, watches, lookout);

    @Test
    void aNewTagThatLeadsThereIsImportedAndTheOtherPutOnIt() {
        movesOn(true);
        listed();
        assertTrue(refresh.forward(0, false, NOW));
        assertEquals(ecr.upstream(0), ecr.cached(0));
        assertEquals(11, ecr.manifests());
        assertEquals(2, refresh.requests(), "a look at 1.4 and one at 1.4.2");
    }

    @Test
    void whatNoOtherTagLeadsToIsLeftToEcrsCheck() {
        movesOn(false);
        listed();
        assertFalse(refresh.forward(0, false, NOW));
        assertEquals(0, ecr.cached(0));
        assertEquals(6, ecr.manifests());
        assertEquals(1, refresh.requests());
    }

    @Test
    void aTagThatNoListHasLeadsNowhere() {
        movesOn(true);
        assertFalse(refresh.forward(0, false, NOW));
        assertEquals(0, ecr.cached(0));
    }

    @Test
    void whatIsThereAndWasSeenLatelyCostsNothing() {
        movesOn(true);
        ecr.pull(world.changedTag(3), 500);
        assertTrue(refresh.forward(0, true, NOW));
        assertEquals(ecr.upstream(0), ecr.cached(0));
        assertEquals(0, refresh.requests());
    }

    @Test
    void whatHasNotMovedIsOnlyLookedAt() {
        happens(0);
        ecr.pull(0, 0);
        assertFalse(refresh.forward(0, false, NOW));
        assertEquals(1, refresh.requests());
    }

    private void movesOn(boolean byAnother) {
        happens(0);
        happens(1);
        ecr.pull(0, 0);
        ecr.pull(1, 0);
        happens(2);
        if (byAnother) {
            happens(3);
        }
    }

    /** Somebody pulls a version, so that its repository's list is worth reading. */
    private void listed() {
        for (int tag = 0; tag < 2; tag++) {
            watches.of(tag).pulled(BEGINS.getEpochSecond());
            watches.of(tag).checked(BEGINS.getEpochSecond());
        }
        assertEquals(
                1,
                lookout.look(Instant.ofEpochSecond(BEGINS.getEpochSecond() + 200))
                        .size());
    }

    private void happens(int change) {
        ecr.change(world.changedTag(change), world.kind(change), world.changedTo(change));
    }
}
