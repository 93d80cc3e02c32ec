package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Limits.Spent;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SelectionTest {
    static final RepositoryName NGINX = new RepositoryName("docker-hub/library/nginx");
    static final RepositoryName REDIS = new RepositoryName("docker-hub/library/redis");
    static final RepositoryName TEAM = new RepositoryName("quay/team/app");
    static final Limits WIDE = new Limits(1000, 1_000_000, 100, 100);
    static final Quota QUOTA = new Quota("docker-hub/**", 500, Duration.ofDays(2));

    private final Map<RepositoryName, Totals> totals = new HashMap<>(
            Map.of(NGINX, new Totals(10, 10, 400), REDIS, new Totals(10, 10, 400), TEAM, new Totals(80, 80, 9000)));

    @Example
    void rulesTakeTheLongestUnusedFirstAcrossRepositories() {
        Offer old = offer(REDIS, 1, 1, 10, 300);
        Offer older = offer(NGINX, 2, 1, 10, 400);
        Offer oldest = offer(TEAM, 3, 1, 10, 500);

        Selection selection = select(List.of(old, older, oldest), new Limits(2, 1000, 100, 100));

        assertEquals(List.of(oldest, older), selection.taken());
        assertEquals(List.of(new Selection.Left(old, "a run takes at most 2 images")), selection.left());
        assertEquals(new Spent(2, 20), selection.spent());
        assertEquals(Optional.of("a run takes at most 2 images"), selection.stopped());
    }

    @Example
    void theFirstThatDoesNotFitEndsTheRunAndOneThatNeverFitsDoesNot() {
        Offer huge = offer(NGINX, 1, 1, 200, 500);
        Offer fits = offer(NGINX, 2, 1, 60, 400);
        Offer tooMuch = offer(NGINX, 3, 1, 60, 300);
        Offer small = offer(NGINX, 4, 1, 1, 200);

        Selection selection = select(List.of(huge, fits, tooMuch, small), new Limits(100, 100, 100, 100));

        assertEquals(List.of(fits), selection.taken());
        assertEquals(
                List.of(
                        new Selection.Left(huge, "is larger than a whole run may be: 1 images, 200 bytes"),
                        new Selection.Left(tooMuch, "a run takes at most 100 bytes"),
                        new Selection.Left(small, "a run takes at most 100 bytes")),
                selection.left());
    }

    @Example
    void aRepositoryGivesItsShareRoundedUpAndTheRunGoesOn() {
        totals.put(NGINX, new Totals(30, 3, 400));
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            offers.add(offer(NGINX, i, 1, 1, 500 - i));
        }
        offers.add(offer(REDIS, 9, 1, 1, 100));

        Selection selection = select(offers, new Limits(100, 100, 50, 100));

        assertEquals(List.of(offers.get(0), offers.get(1), offers.get(3)), selection.taken());
        assertEquals(
                "a run takes at most 50 % of a repository: 2 of 3",
                selection.left().getFirst().reason());
        assertEquals(
                Optional.of(NGINX + "@" + offers.get(2).first() + ": a run takes at most 50 % of a repository: 2 of 3"),
                selection.stopped());
    }

    @Example
    void indexesThatGoTogetherCountEachForTheShareOfTheirRepository() {
        totals.put(NGINX, new Totals(41, 40, 400));
        Offer all = together(NGINX, 1, 40, 41, 400, 500);
        Offer few = together(NGINX, 2, 19, 20, 100, 400);
        Offer two = together(NGINX, 3, 2, 3, 10, 300);
        Offer one = offer(NGINX, 4, 1, 1, 200);

        Selection selection = select(List.of(all, few, two, one), new Limits(100, 1000, 50, 100));

        assertEquals(List.of(few, one), selection.taken());
        assertEquals(
                List.of(
                        new Selection.Left(
                                all,
                                "a run takes at most 50 % of a repository: 20 of 40; 40 go together, as they share what"
                                        + " they list"),
                        new Selection.Left(
                                two,
                                "a run takes at most 50 % of a repository: 20 of 40; 2 go together, as they share what"
                                        + " they list")),
                selection.left());
        assertTrue(selection.stopped().isPresent());
    }

    @Example
    void indexesThatGoTogetherAreNoneThatAlwaysFitIntoTheShareOfTheCell() {
        Offer together = together(TEAM, 1, 2, 4, 1, 500);
        Offer one = offer(REDIS, 2, 1, 1, 400);

        Selection selection = select(List.of(together, one), new Limits(100, 100, 100, 3));

        assertEquals(List.of(one), selection.taken());
        assertEquals(
                List.of(new Selection.Left(
                        together,
                        "a run takes at most 3 % of the cell: 3 of 100 images; 2 go together, as they share what they"
                                + " list")),
                selection.left());
        assertTrue(selection.stopped().isPresent());
    }

    @Example
    void theCellGivesItsShareAndAtLeastOneGroup() {
        Offer four = offer(NGINX, 1, 4, 1, 500);
        Offer one = offer(REDIS, 2, 1, 1, 400);

        Selection small = select(List.of(four, one), new Limits(100, 100, 100, 1));
        Selection larger = select(List.of(four, one), new Limits(100, 100, 100, 5));

        assertEquals(List.of(four), small.taken());
        assertEquals(Optional.of("a run takes at most 1 % of the cell: 1 of 100 images"), small.stopped());
        assertEquals(List.of(four, one), larger.taken());
    }

    @Example
    void aQuotaTakesTheLeastValuableUntilItHolds() {
        Offer byRule = offer(NGINX, 1, 1, 100, 500);
        Offer dear = quota(NGINX, 2, 100, 3.0, 400);
        Offer cheap = quota(REDIS, 3, 150, 1.0, 100);
        Offer cheapAndUnused = quota(REDIS, 4, 120, 1.0, 200);

        Selection selection =
                Selection.of(List.of(dear, cheap, cheapAndUnused, byRule), totals, List.of(QUOTA), WIDE, Spent.NOTHING);

        assertEquals(List.of(byRule, cheapAndUnused, cheap), selection.taken());
        assertEquals(
                List.of(new Selection.Left(dear, "the quota of docker-hub/** holds without it: 500 bytes")),
                selection.left());
    }

    @Example
    void whatWentForOneQuotaCountsForAllThatCoverIt() {
        Quota all = new Quota("**", 9600, Duration.ofDays(2));
        Offer forNarrow = quota(NGINX, 1, 300, 1.0, 400);
        Offer forWide =
                new Offer(TEAM, Repositories.digest(2), 1, 1, 100, at(400), new Value(0), Reason.QUOTA, all.match());

        Selection selection =
                Selection.of(List.of(forWide, forNarrow), totals, List.of(all, QUOTA), WIDE, Spent.NOTHING);

        assertEquals(List.of(forNarrow), selection.taken());
    }

    @Example
    void aRunThatGoesOnCountsWhatItTookBefore() {
        Offer offer = offer(NGINX, 1, 1, 10, 500);

        Selection selection = Selection.of(List.of(offer), totals, List.of(), WIDE, new Spent(1000, 0));

        assertEquals(List.of(), selection.taken());
        assertEquals(Optional.of("a run takes at most 1000 images"), selection.stopped());
    }

    @Example
    void offersOfNobodyKnowsWhatAreRefused() {
        Offer stranger = offer(new RepositoryName("quay/other"), 1, 1, 1, 1);
        Offer noQuota = quota(NGINX, 1, 1, 1.0, 1);

        assertThrows(IllegalArgumentException.class, () -> select(List.of(stranger), WIDE));
        assertThrows(IllegalArgumentException.class, () -> select(List.of(noQuota), WIDE));
    }

    @Example
    void aTenthIsRoundedUp() {
        assertEquals(new Limits(100, 1, 5, 1, new Limits.Size(1000, 3)), new Limits(1000, 3, 50, 1).tenth());
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 0));
    }

    @Property
    void noRunTakesMoreThanItsLimitsAndEveryOfferIsTakenOrLeftWithAReason(@ForAll Random random) {
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < random.nextInt(30); i++) {
            RepositoryName repository = List.of(NGINX, REDIS, TEAM).get(random.nextInt(3));
            offers.add(
                    random.nextBoolean() || repository.equals(TEAM)
                            ? together(
                                    repository,
                                    i,
                                    random.nextInt(1, 4),
                                    random.nextInt(4, 9),
                                    random.nextInt(300),
                                    random.nextInt(900))
                            : quota(repository, i, random.nextInt(300), random.nextInt(3), random.nextInt(900)));
        }
        Limits limits = new Limits(
                random.nextInt(1, 30), random.nextInt(1, 900), random.nextInt(1, 101), random.nextInt(1, 101));

        Selection selection = Selection.of(offers, totals, List.of(QUOTA), limits, Spent.NOTHING);

        int images = selection.taken().stream().mapToInt(Offer::images).sum();
        long bytes = selection.taken().stream().mapToLong(Offer::bytes).sum();
        assertEquals(new Spent(images, bytes), selection.spent());
        assertTrue(images <= limits.images() && bytes <= limits.bytes());
        assertTrue(images <= limits.cellPercent()
                || (selection.taken().size() == 1
                        && selection.taken().getFirst().tops() == 1));
        totals.forEach((repository, total) -> assertTrue(selection.taken().stream()
                        .filter(offer -> offer.repository().equals(repository))
                        .mapToInt(Offer::tops)
                        .sum()
                <= Math.ceil(total.tops() * limits.repositoryPercent() / 100.0)));
        assertEquals(offers.size(), selection.taken().size() + selection.left().size());
        Collections.shuffle(offers, random);
        assertEquals(selection, Selection.of(offers, totals, List.of(QUOTA), limits, Spent.NOTHING));
    }

    private Selection select(List<Offer> offers, Limits limits) {
        return Selection.of(offers, totals, List.of(), limits, Spent.NOTHING);
    }

    static Offer offer(RepositoryName repository, int first, int images, long bytes, int daysAgo) {
        return together(repository, first, 1, images, bytes, daysAgo);
    }

    private static Offer together(RepositoryName repository, int first, int tops, int images, long bytes, int daysAgo) {
        return new Offer(
                repository,
                Repositories.digest(first),
                images,
                tops,
                bytes,
                at(daysAgo),
                new Value(0),
                Reason.NOT_PULLED,
                "**");
    }

    static Offer quota(RepositoryName repository, int first, long bytes, double value, int daysAgo) {
        return new Offer(
                repository,
                Repositories.digest(first),
                1,
                1,
                bytes,
                at(daysAgo),
                new Value(value),
                Reason.QUOTA,
                QUOTA.match());
    }

    static Instant at(int daysAgo) {
        return Repositories.daysAgo(daysAgo);
    }
}
