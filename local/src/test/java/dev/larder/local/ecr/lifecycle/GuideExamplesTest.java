package dev.larder.local.ecr.lifecycle;

import static dev.larder.local.ecr.lifecycle.Images.archived;
import static dev.larder.local.ecr.lifecycle.Images.evaluate;
import static dev.larder.local.ecr.lifecycle.Images.image;
import static dev.larder.local.ecr.lifecycle.Policies.EXPIRE;
import static dev.larder.local.ecr.lifecycle.Policies.TRANSITION;
import static dev.larder.local.ecr.lifecycle.Policies.any;
import static dev.larder.local.ecr.lifecycle.Policies.moreThan;
import static dev.larder.local.ecr.lifecycle.Policies.policy;
import static dev.larder.local.ecr.lifecycle.Policies.prefixed;
import static dev.larder.local.ecr.lifecycle.Policies.pushed;
import static dev.larder.local.ecr.lifecycle.Policies.rule;
import static dev.larder.local.ecr.lifecycle.Policies.tagged;
import static dev.larder.local.ecr.lifecycle.Policies.transitioned;
import static dev.larder.local.ecr.lifecycle.Policies.untagged;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.local.ecr.lifecycle.LifecyclePolicy.Image;
import org.junit.jupiter.api.Test;

/** The repositories, policies and results that lifecycle_policy_examples.html walks through. */
class GuideExamplesTest {
    private final Image[] prodAndBeta = {
        image('A', 10, "beta-1", "prod-1"), image('B', 9, "beta-2", "prod-2"), image('C', 8, "beta-3")
    };

    @Test
    void anImageSeenByTheFirstRuleIsOutOfReachOfTheSecond() {
        LifecyclePolicy policy =
                policy(rule(1, tagged("prod*") + moreThan(1), EXPIRE), rule(2, tagged("beta*") + moreThan(1), EXPIRE));
        assertEquals("A expire 1", evaluate(policy, prodAndBeta));
    }

    @Test
    void theOtherPriorityGivesTheOtherResult() {
        LifecyclePolicy policy = policy(
                rule(2, prefixed("prod") + moreThan(1), EXPIRE), rule(1, prefixed("beta") + moreThan(1), EXPIRE));
        assertEquals("A expire 1, B expire 1", evaluate(policy, prodAndBeta));
    }

    @Test
    void anImageMustMatchAllPatternsOfARule() {
        assertEquals(
                "C expire 1",
                evaluate(
                        policy(rule(1, tagged("alpha*", "beta*") + pushed(5), EXPIRE)),
                        image('A', 12, "alpha-1"),
                        image('B', 11, "beta-1"),
                        image('C', 10, "alpha-2", "beta-2"),
                        image('D', 4, "alpha-3"),
                        image('E', 3, "beta-3"),
                        image('F', 2, "alpha-4", "beta-4")));
    }

    @Test
    void moreTagsThanTheRuleNamesAreNoObstacle() {
        assertEquals(
                "A expire 1, B expire 1",
                evaluate(
                        policy(rule(1, prefixed("alpha", "beta") + moreThan(1), EXPIRE)),
                        image('A', 10, "alpha-1", "beta-1", "gamma-1"),
                        image('B', 9, "alpha-2", "beta-2"),
                        image('C', 8, "alpha-3", "beta-3", "gamma-2")));
    }

    @Test
    void oneRuleForAllKeepsTheNewest() {
        assertEquals(
                "A expire 1, B expire 1, C expire 1",
                evaluate(
                        policy(rule(1, any() + moreThan(1), EXPIRE)),
                        image('D', 1, "alpha-2"),
                        image('A', 4, "alpha-1"),
                        image('C', 2),
                        image('B', 3, "beta-1")));
    }

    @Test
    void aRuleForTheRestRanksEverythingButMarksOnlyTheRest() {
        LifecyclePolicy policy = policy(
                rule(1, tagged("alpha*") + moreThan(1), EXPIRE),
                rule(2, untagged() + pushed(1), EXPIRE),
                rule(3, any() + moreThan(1), EXPIRE));
        assertEquals(
                "A expire 1, B expire 2, D expire 3",
                evaluate(
                        policy,
                        image('A', 4, "alpha-1", "beta-1"),
                        image('B', 3),
                        image('C', 2, "alpha-2"),
                        image('D', 1.01, "git-hash"),
                        image('E', 1)));
    }

    @Test
    void whatIsArchivedByOneRuleIsExpiredLaterByAnother() {
        LifecyclePolicy policy =
                policy(rule(1, any() + pushed(30), TRANSITION), rule(2, any() + transitioned(365), EXPIRE));
        assertEquals(
                "A expire 2, C transition 1",
                evaluate(
                        policy,
                        archived(image('A', 500, "a"), 366),
                        archived(image('B', 500, "b"), 365),
                        image('C', 31, "c"),
                        image('D', 30, "d")));
    }
}
