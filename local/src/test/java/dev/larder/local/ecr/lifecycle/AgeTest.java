package dev.larder.local.ecr.lifecycle;

import static dev.larder.local.ecr.lifecycle.Images.archived;
import static dev.larder.local.ecr.lifecycle.Images.evaluate;
import static dev.larder.local.ecr.lifecycle.Images.image;
import static dev.larder.local.ecr.lifecycle.Images.pulled;
import static dev.larder.local.ecr.lifecycle.Images.restored;
import static dev.larder.local.ecr.lifecycle.Policies.EXPIRE;
import static dev.larder.local.ecr.lifecycle.Policies.TRANSITION;
import static dev.larder.local.ecr.lifecycle.Policies.any;
import static dev.larder.local.ecr.lifecycle.Policies.moreThan;
import static dev.larder.local.ecr.lifecycle.Policies.policy;
import static dev.larder.local.ecr.lifecycle.Policies.pushed;
import static dev.larder.local.ecr.lifecycle.Policies.rule;
import static dev.larder.local.ecr.lifecycle.Policies.transitioned;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgeTest {
    private final LifecyclePolicy expireOld = policy(rule(1, any() + pushed(30), EXPIRE));
    private final LifecyclePolicy archiveUnpulled = policy(rule(1, any() + Policies.pulled(30), TRANSITION));
    private final LifecyclePolicy expireArchived = policy(rule(1, any() + transitioned(90), EXPIRE));

    @Test
    void anImageOfExactlyTheAgeStays() {
        assertEquals("B expire 1", evaluate(expireOld, image('A', 30), image('B', 30.001)));
    }

    @Test
    void aPullDoesNotKeepAnImageYoung() {
        assertEquals("A expire 1", evaluate(expireOld, pulled(image('A', 31), 1)));
    }

    @Test
    void aRestoreStartsTheAgeAnew() {
        assertEquals("B expire 1", evaluate(expireOld, restored(image('A', 90), 29), restored(image('B', 90), 31)));
    }

    @Test
    void aRestoredImageRanksByItsRestore() {
        LifecyclePolicy keepOne = policy(rule(1, any() + moreThan(1), EXPIRE));
        assertEquals("B expire 1", evaluate(keepOne, restored(image('A', 90), 1), image('B', 2)));
    }

    @Test
    void theLastPullCountsForImagesThatWerePulled() {
        assertEquals(
                "B transition 1", evaluate(archiveUnpulled, pulled(image('A', 90), 29), pulled(image('B', 90), 31)));
    }

    @Test
    void thePushCountsForImagesThatWereNeverPulled() {
        assertEquals("B transition 1", evaluate(archiveUnpulled, image('A', 29), image('B', 31)));
    }

    @Test
    void theRestoreCountsForImagesNotPulledSince() {
        assertEquals(
                "C transition 1",
                evaluate(
                        archiveUnpulled,
                        restored(pulled(image('A', 90), 60), 29),
                        restored(pulled(image('B', 90), 29), 40),
                        restored(pulled(image('C', 90), 60), 31)));
    }

    @Test
    void theMoveToTheArchiveCountsForArchivedImages() {
        assertEquals(
                "B expire 1", evaluate(expireArchived, archived(image('A', 500), 90), archived(image('B', 500), 91)));
    }

    @Test
    void anArchivedImageOfUnknownDateStays() {
        Image unknown = new Image(
                Images.digest('A'),
                List.of(),
                Images.daysAgo(900),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Set.of());
        assertEquals("", evaluate(expireArchived, unknown));
    }

    @Test
    void aRuleForStandardImagesLeavesTheArchiveAlone() {
        assertEquals("", evaluate(expireOld, archived(image('A', 500), 400)));
    }

    @Test
    void archivedImagesAreNotRankedAmongStandardOnes() {
        LifecyclePolicy keepOne = policy(rule(1, any() + moreThan(1), EXPIRE));
        assertEquals("", evaluate(keepOne, archived(image('A', 1), 0.5), image('B', 2)));
    }

    @Test
    void theOldestGoesFirst() {
        assertEquals("B expire 1, A expire 1", evaluate(expireOld, image('A', 40), image('B', 50)));
    }

    @Test
    void theLongestArchivedGoesFirst() {
        assertEquals(
                "B expire 1, A expire 1",
                evaluate(expireArchived, archived(image('A', 600), 100), archived(image('B', 500), 120)));
    }
}
