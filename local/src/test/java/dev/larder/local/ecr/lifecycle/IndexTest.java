package dev.larder.local.ecr.lifecycle;

import static dev.larder.local.ecr.lifecycle.Images.archived;
import static dev.larder.local.ecr.lifecycle.Images.evaluate;
import static dev.larder.local.ecr.lifecycle.Images.image;
import static dev.larder.local.ecr.lifecycle.Images.in;
import static dev.larder.local.ecr.lifecycle.Policies.EXPIRE;
import static dev.larder.local.ecr.lifecycle.Policies.TRANSITION;
import static dev.larder.local.ecr.lifecycle.Policies.any;
import static dev.larder.local.ecr.lifecycle.Policies.moreThan;
import static dev.larder.local.ecr.lifecycle.Policies.policy;
import static dev.larder.local.ecr.lifecycle.Policies.pushed;
import static dev.larder.local.ecr.lifecycle.Policies.rule;
import static dev.larder.local.ecr.lifecycle.Policies.tagged;
import static dev.larder.local.ecr.lifecycle.Policies.untagged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexTest {
    private final LifecyclePolicy untaggedGo = policy(rule(1, untagged() + pushed(1), EXPIRE));
    private final LifecyclePolicy oldGo = policy(rule(1, any() + pushed(30), EXPIRE));

    @Test
    void theChildrenOfATaggedIndexSurviveARuleForUntaggedImages() {
        assertEquals("C expire 1", evaluate(untaggedGo, image('I', 9, "v1"), in(image('A', 9), 'I'), image('C', 9)));
    }

    @Test
    void anIndexGoesBeforeItsOlderChildren() {
        assertEquals(
                "I expire 1, A expire 1, B expire 1",
                evaluate(oldGo, in(image('B', 50), 'I'), in(image('A', 60), 'I'), image('I', 40, "v1")));
    }

    @Test
    void aChildOfTwoIndexesStaysWithTheOneThatStays() {
        assertEquals("I expire 1", evaluate(oldGo, in(image('A', 60), 'I', 'J'), image('I', 40), image('J', 20, "v2")));
    }

    @Test
    void aStayingIndexKeepsTheChildrenOfItsChildren() {
        assertEquals("", evaluate(oldGo, image('I', 20), in(image('J', 40), 'I'), in(image('A', 40), 'J')));
    }

    @Test
    void anIndexUnknownToTheRepositoryCountsAsStaying() {
        assertEquals("", evaluate(oldGo, in(image('A', 60), 'Z')));
    }

    @Test
    void childrenTakeNoPlaceAmongTheNewest() {
        LifecyclePolicy keepTwo = policy(rule(1, any() + moreThan(2), EXPIRE));
        assertEquals(
                "C expire 1",
                evaluate(
                        keepTwo,
                        image('I', 1, "v2"),
                        in(image('A', 1), 'I'),
                        in(image('B', 1), 'I'),
                        image('J', 2, "v1"),
                        image('C', 3, "v0")));
    }

    @Test
    void anIndexThatMovesToTheArchiveTakesItsChildrenAlong() {
        LifecyclePolicy archive = policy(rule(1, any() + pushed(30), TRANSITION));
        assertEquals(
                "I transition 1, A transition 1", evaluate(archive, in(image('A', 60), 'I'), image('I', 40, "v1")));
    }

    @Test
    void anArchivedIndexLetsItsChildrenFollow() {
        LifecyclePolicy archive = policy(rule(1, any() + pushed(30), TRANSITION));
        assertEquals("A transition 1", evaluate(archive, in(image('A', 60), 'I'), archived(image('I', 40), 5)));
    }

    @Test
    void aChildIsNotExpiredWhileItsIndexMovesToTheArchive() {
        LifecyclePolicy mixed =
                policy(rule(1, tagged("v*") + pushed(30), TRANSITION), rule(2, untagged() + pushed(30), EXPIRE));
        assertEquals("I transition 1", evaluate(mixed, in(image('A', 60), 'I'), image('I', 40, "v1")));
    }

    @Test
    void aChildIsNotExpiredWhileItsIndexIsArchived() {
        assertEquals("", evaluate(untaggedGo, in(image('A', 60), 'I'), archived(image('I', 40, "v1"), 5)));
    }

    @Test
    void aDigestGivenTwiceIsRefused() {
        assertEquals(
                "image " + Images.digest('A')
                        + " was given twice to a lifecycle policy; give each image of the repository once",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> oldGo.evaluate(List.of(image('A', 1), image('A', 2)), Images.NOW))
                        .getMessage());
    }
}
