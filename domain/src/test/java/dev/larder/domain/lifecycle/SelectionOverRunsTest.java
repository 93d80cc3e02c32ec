package dev.larder.domain.lifecycle;

import static dev.larder.domain.lifecycle.SelectionTest.NGINX;
import static dev.larder.domain.lifecycle.SelectionTest.QUOTA;
import static dev.larder.domain.lifecycle.SelectionTest.REDIS;
import static dev.larder.domain.lifecycle.SelectionTest.TEAM;
import static dev.larder.domain.lifecycle.SelectionTest.WIDE;
import static dev.larder.domain.lifecycle.SelectionTest.at;
import static dev.larder.domain.lifecycle.SelectionTest.offer;
import static dev.larder.domain.lifecycle.SelectionTest.quota;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Limits.Spent;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What runs take one after the other, when some of it stays each time. */
class SelectionOverRunsTest {
    @Example
    void whatStayedInAnEarlierRunComesBehindAllOthersTheOneFirstThatStayedFirst() {
        Offer stayed = offer(NGINX, 1, 1, 10, 500).kept(at(2));
        Offer stayedBefore = offer(NGINX, 2, 1, 10, 400).kept(at(3));
        Offer young = offer(REDIS, 3, 1, 10, 100);
        Offer usedSince = offer(REDIS, 4, 1, 10, 90).kept(at(95));

        Selection selection = Selection.of(
                List.of(stayed, stayedBefore, usedSince, young),
                cached(List.of(stayed, stayedBefore, usedSince, young)),
                List.of(),
                new Limits(3, 1000, 100, 100),
                Spent.NOTHING);

        assertEquals(List.of(young, usedSince, stayedBefore), selection.taken());
        assertEquals(List.of(new Selection.Left(stayed, "a run takes at most 3 images")), selection.left());
        assertEquals(Optional.empty(), selection.stopped(), "no larger limit would let more go, as far as is known");
    }

    @Example
    void aQuotaDoesNotRelyOnWhatStayedInAnEarlierRun() {
        Offer byRule = offer(NGINX, 1, 1, 300, 500).kept(at(1));
        Offer worthless = quota(NGINX, 2, 300, 0, 400).kept(at(1));
        Offer dear = quota(REDIS, 3, 300, 3.0, 100);

        Selection selection = Selection.of(
                List.of(byRule, worthless, dear),
                cached(List.of(byRule, worthless, dear)),
                List.of(QUOTA),
                WIDE,
                Spent.NOTHING);

        assertEquals(List.of(dear, byRule), selection.taken());
    }

    @Property
    void overEnoughRunsAllGoesThatNothingSpeaksAgainst(@ForAll Random random) {
        List<Offer> all = new ArrayList<>();
        Set<Digest> objected = new HashSet<>();
        int count = random.nextInt(1, 30);
        for (int i = 0; i < count; i++) {
            RepositoryName repository = List.of(NGINX, REDIS, TEAM).get(random.nextInt(3));
            Offer offer = random.nextBoolean() || repository.equals(TEAM)
                    ? offer(repository, i, 1, random.nextInt(90), random.nextInt(1, 900))
                    : quota(repository, i, random.nextInt(90), random.nextInt(3), random.nextInt(1, 900));
            all.add(offer);
            if (random.nextInt(3) > 0) {
                objected.add(offer.first());
            }
        }
        Limits limits = new Limits(
                random.nextInt(1, 5), random.nextInt(90, 300), random.nextInt(1, 101), random.nextInt(1, 101));
        List<Offer> offers = all;

        for (int run = 0; run < all.size(); run++) {
            Instant now = at(0).plus(Duration.ofDays(run));
            Set<Digest> taken =
                    Selection.of(offers, cached(offers), List.of(QUOTA), limits, Spent.NOTHING).taken().stream()
                            .map(Offer::first)
                            .collect(Collectors.toSet());
            offers = offers.stream()
                    .filter(offer -> objected.contains(offer.first()) || !taken.contains(offer.first()))
                    .map(offer -> taken.contains(offer.first()) ? offer.kept(now) : offer)
                    .toList();
        }

        long docker = cached(offers).entrySet().stream()
                .filter(repository -> QUOTA.covers(repository.getKey()))
                .mapToLong(repository -> repository.getValue().bytes())
                .sum();
        offers.stream()
                .filter(offer -> !objected.contains(offer.first()))
                .forEach(offer -> assertTrue(
                        offer.reason() == Reason.QUOTA && docker <= QUOTA.bytes(), () -> offer + " never goes"));
    }

    /** What is there with the offers: of each repository 100 bytes that do not go. */
    private static Map<RepositoryName, Totals> cached(List<Offer> offers) {
        Map<RepositoryName, Totals> cached = new HashMap<>();
        for (RepositoryName repository : List.of(NGINX, REDIS, TEAM)) {
            List<Offer> its = offers.stream()
                    .filter(offer -> offer.repository().equals(repository))
                    .toList();
            cached.put(
                    repository,
                    new Totals(
                            its.size() + 1,
                            its.size() + 1,
                            100 + its.stream().mapToLong(Offer::bytes).sum()));
        }
        return cached;
    }
}
