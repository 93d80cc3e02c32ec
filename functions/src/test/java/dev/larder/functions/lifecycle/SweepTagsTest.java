package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import dev.larder.functions.ecr.CachedManifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags that move right before a deletion: no other guard knows of them. */
class SweepTagsTest extends SweepFixture {
    /** The look right before the deletion, behind those of the plan and of the piece. */
    private static final int LAST_LOOK = 3;

    @Test
    void whatGetsAnotherTagAfterItsSelectionStays() {
        Digest index = selected();
        CachedManifest manifest = registry.content(index);
        atTheLastLook(() -> registry.tag(OLD.repository(), manifest, new Tag("prod")));
        staysWith(index, "[old, prod]");
    }

    @Test
    void whatLosesOneOfItsTagsAfterItsSelectionStays() {
        Digest index = selected();
        registry.tag(OLD.repository(), registry.content(index), new Tag("prod"));
        atTheLastLook(() -> registry.untag(OLD));
        staysWith(index, "[prod]");
    }

    private Digest selected() {
        pulledThrough(OLD);
        clock.advance(Duration.ofDays(31));
        return registry.cached(OLD).orElseThrow();
    }

    private void atTheLastLook(Runnable somebody) {
        reads = count -> {
            if (count == LAST_LOOK) {
                somebody.run();
            }
        };
    }

    private void staysWith(Digest index, String tags) {
        Run run = sweep(true, "r1");
        assertEquals(Map.of("changed in between", 3L), run.counts());
        assertEquals(3, registry.size(OLD.repository()));
        assertEquals(
                List.of(index + " has the tags " + tags + " now"),
                line("r1", index).evidence());
        assertEquals(List.of(), tombstones.of(OLD.repository()));
    }
}
