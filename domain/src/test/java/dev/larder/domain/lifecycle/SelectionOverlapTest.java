package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.lifecycle.Limits.Spent;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Groups by a rule that are parts of larger ones for a quota. */
class SelectionOverlapTest {
    private final Map<RepositoryName, Totals> totals =
            Map.of(SelectionTest.NGINX, new Totals(100, 100, 4000), SelectionTest.REDIS, new Totals(100, 100, 4000));

    private static final Quota SLOW = new Quota("**", 1, Duration.ofDays(9));
    private static final Quota FAST = new Quota("docker-hub/**", 1, Duration.ofDays(2));

    private Selection select(List<Offer> offers, Quota... quotas) {
        return Selection.of(offers, totals, List.of(quotas), SelectionTest.WIDE, Spent.NOTHING);
    }

    private static Offer byRule(int first, int images) {
        return SelectionTest.offer(SelectionTest.NGINX, first, images, 10L * images, 500);
    }

    private static Offer forQuota(Quota quota, int first, int images) {
        return new Offer(
                SelectionTest.NGINX,
                Repositories.digest(first),
                images,
                1,
                10L * images,
                SelectionTest.at(100),
                new Value(1),
                Reason.QUOTA,
                quota.match());
    }

    private static Map<String, Digest> fast(int first) {
        return Map.of(FAST.match(), Repositories.digest(first));
    }

    @Example
    void whatGoesForAQuotaTakesItsPartsAlong() {
        Offer one = byRule(1, 2).within(fast(3));
        Offer two = byRule(2, 2).within(fast(3));
        Offer all = forQuota(FAST, 3, 7);
        Selection selection = select(List.of(all, two, one), FAST);
        assertEquals(List.of(all), selection.taken());
        assertEquals(Map.of(all, List.of(one, two)), selection.alongWith());
        assertEquals(List.of(), selection.left());
        assertEquals(new Spent(7, 70), selection.spent());
    }

    @Example
    void partsGoByThemselvesWhileTheQuotaHoldsAndOnlyTheRestIsLeft() {
        Offer one = byRule(1, 2).within(fast(3));
        Offer all = forQuota(FAST, 3, 7);
        Quota wide = new Quota(FAST.match(), 100_000, FAST.notPulledFor());
        Selection selection = select(List.of(all, one), wide);
        assertEquals(List.of(one), selection.taken());
        assertEquals(
                List.of(new Selection.Left(
                        all.without(List.of(one)), "the quota of docker-hub/** holds without it: 100000 bytes")),
                selection.left());
        assertEquals(5, selection.left().getFirst().offer().images());
    }

    @Example
    void partsGoByThemselvesWhereTheWholeIsTooLarge() {
        Offer one = byRule(1, 2).within(fast(3));
        Offer all = forQuota(FAST, 3, 7);
        Selection selection = Selection.of(
                List.of(all, one), totals, List.of(FAST), new Limits(6, 1_000_000, 100, 100), Spent.NOTHING);
        assertEquals(List.of(one), selection.taken());
        assertEquals(5, selection.left().getFirst().offer().images());
    }

    @Example
    void theSameGroupGoesOnceAndGroupsWithNothingInCommonDoNotWaitForEachOther() {
        Offer rule = byRule(1, 2).within(fast(9));
        Offer slow = forQuota(SLOW, 1, 2).within(fast(9));
        Offer other = forQuota(SLOW, 4, 3).within(fast(9));
        Offer fast = forQuota(FAST, 9, 8);
        Quota holds = new Quota(FAST.match(), 100_000, FAST.notPulledFor());
        Selection selection = select(List.of(fast, other, slow, rule), holds, SLOW);
        assertEquals(List.of(rule, other), selection.taken());
        assertEquals(1, selection.left().size());
        assertEquals(3, selection.left().getFirst().offer().images());
    }

    /** A tree of groups: those by the rules in those for the slow quota in those for the fast one. */
    private static final class Tree {
        final List<Offer> offers = new ArrayList<>();
        final Map<List<Object>, Set<Integer>> members = new HashMap<>();
        private final Random random;
        private int next;

        Tree(Random random) {
            this.random = random;
        }

        static List<Object> name(Offer offer) {
            return List.of(offer.first(), offer.reason(), offer.rule());
        }

        void grow() {
            Set<Integer> inFast = new TreeSet<>();
            List<Offer> below = new ArrayList<>();
            for (int slow = 0; slow < random.nextInt(3); slow++) {
                Set<Integer> inSlow = new TreeSet<>();
                List<Offer> rules = new ArrayList<>();
                for (int rule = 0; rule < random.nextInt(3); rule++) {
                    Set<Integer> inRule = fresh(random.nextInt(1, 3));
                    rules.add(add(byRule(first(inRule), inRule.size()), inRule));
                    inSlow.addAll(inRule);
                }
                inSlow.addAll(fresh(random.nextInt(inSlow.isEmpty() ? 1 : 0, 3)));
                int name = first(inSlow);
                rules.forEach(offer -> below.add(within(offer, SLOW, Repositories.digest(name))));
                if (rules.size() != 1 || inSlow.size() > rules.getFirst().images() || random.nextBoolean()) {
                    below.add(add(forQuota(SLOW, name, inSlow.size()), inSlow));
                }
                inFast.addAll(inSlow);
            }
            inFast.addAll(fresh(random.nextInt(inFast.isEmpty() ? 1 : 0, 3)));
            int name = first(inFast);
            below.forEach(offer -> offers.add(within(offer, FAST, Repositories.digest(name))));
            offers.add(add(forQuota(FAST, name, inFast.size()), inFast));
        }

        private Set<Integer> fresh(int count) {
            Set<Integer> some = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                some.add(next++);
            }
            return some;
        }

        private int first(Set<Integer> some) {
            List<Integer> all = List.copyOf(some);
            return all.get(all.size() > 1 && random.nextBoolean() ? all.size() - 1 : 0);
        }

        private Offer add(Offer offer, Set<Integer> some) {
            members.put(name(offer), some);
            return random.nextInt(4) == 0 ? offer.kept(SelectionTest.at(1)) : offer;
        }

        private static Offer within(Offer offer, Quota quota, Digest name) {
            Map<String, Digest> all = new HashMap<>(offer.within());
            all.put(quota.match(), name);
            return offer.within(all);
        }

        Set<Integer> members(Offer offer) {
            return Objects.requireNonNull(members.get(name(offer)));
        }
    }

    @Property
    void everyManifestIsTakenOnceOrLeftOnce(@ForAll Random random) {
        Tree tree = new Tree(random);
        for (int i = 0; i < 4; i++) {
            tree.grow();
        }
        Quota slow = new Quota(SLOW.match(), random.nextInt(1, 9000), SLOW.notPulledFor());
        Quota fast = new Quota(FAST.match(), random.nextInt(1, 9000), FAST.notPulledFor());
        Limits limits = new Limits(random.nextInt(1, 40), 1_000_000, random.nextInt(1, 101), 100);
        Selection selection = Selection.of(tree.offers, totals, List.of(slow, fast), limits, Spent.NOTHING);
        List<Integer> taken = selection.taken().stream()
                .flatMap(offer -> tree.members(offer).stream())
                .toList();
        assertEquals(Set.copyOf(taken).size(), taken.size(), selection::toString);
        assertEquals(new Spent(taken.size(), 10L * taken.size()), selection.spent());
        assertTrue(taken.size() <= limits.images());
        int left = selection.left().stream()
                .mapToInt(waiting -> waiting.offer().images())
                .sum();
        Set<Integer> all = tree.members.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertEquals(all.size(), taken.size() + left, selection::toString);
    }
}
