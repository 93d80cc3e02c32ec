package dev.larder.domain.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    @Example
    void ofGroupsThatShareImagesThoseOfOneReasonAreTakenAndTheRestOfTheOthersIsLeft() {
        Offer one = SelectionTest.offer(SelectionTest.NGINX, 1, 2, 100, 500).within(Repositories.digest(3));
        Offer two = SelectionTest.offer(SelectionTest.NGINX, 2, 2, 100, 400).within(Repositories.digest(3));
        Offer both = larger(SelectionTest.NGINX, 3, 7, 350);
        Offer same = SelectionTest.quota(SelectionTest.REDIS, 4, 100, 1.0, 400);
        Offer again = SelectionTest.offer(SelectionTest.REDIS, 4, 1, 100, 400);

        Selection selection = Selection.of(
                List.of(both, two, same, one, again),
                totals,
                List.of(new Quota(SelectionTest.QUOTA.match(), 1, SelectionTest.QUOTA.notPulledFor())),
                SelectionTest.WIDE,
                Spent.NOTHING);

        assertEquals(List.of(one, two, again), selection.taken());
        assertEquals(
                List.of(new Selection.Left(
                        larger(SelectionTest.NGINX, 3, 3, 150),
                        "some of what goes together goes for another reason first")),
                selection.left());
        assertEquals(
                List.of(both),
                Selection.of(
                                List.of(both),
                                totals,
                                List.of(new Quota(SelectionTest.QUOTA.match(), 1, SelectionTest.QUOTA.notPulledFor())),
                                SelectionTest.WIDE,
                                Spent.NOTHING)
                        .taken());
    }

    @Property
    void noTwoThatShareImagesAreTaken(@ForAll Random random) {
        Quota slow = new Quota("**", 1, Duration.ofDays(9));
        Quota fast = new Quota("docker-hub/**", 1, Duration.ofDays(2));
        List<Offer> offers = new ArrayList<>();
        Map<Offer, Set<Integer>> members = new HashMap<>();
        for (int large = 0; large < 6; large++) {
            RepositoryName repository =
                    List.of(SelectionTest.NGINX, SelectionTest.REDIS).get(random.nextInt(2));
            // each plan lets go what the one before it does, and more: larger groups, or the same ones
            List<Set<Integer>> groups = new ArrayList<>();
            for (int part = 0; part < random.nextInt(1, 4); part++) {
                groups.add(Set.of(100 * large + part));
            }
            Set<Integer> all =
                    new TreeSet<>(groups.stream().flatMap(Set::stream).toList());
            all.add(100 * large + (random.nextBoolean() ? 50 : 0));
            Digest name =
                    Repositories.digest(random.nextBoolean() ? all.iterator().next() : 100 * large + 50);
            for (Set<Integer> group : groups) {
                Offer offer = SelectionTest.offer(repository, group.iterator().next(), 1, 10, random.nextInt(100, 900))
                        .within(name);
                if (random.nextBoolean()) {
                    offers.add(offer);
                    members.put(offer, group);
                }
            }
            Offer larger = new Offer(
                    repository,
                    name,
                    all.size(),
                    1,
                    10L * all.size(),
                    SelectionTest.at(random.nextInt(100, 900)),
                    new Value(random.nextInt(3)),
                    Reason.QUOTA,
                    random.nextBoolean() ? fast.match() : slow.match());
            Offer kept = random.nextInt(4) == 0 ? larger.kept(SelectionTest.at(1)) : larger;
            offers.add(kept);
            members.put(kept, all);
        }
        Selection selection = Selection.of(offers, totals, List.of(slow, fast), SelectionTest.WIDE, Spent.NOTHING);
        List<Integer> taken = selection.taken().stream()
                .flatMap(offer -> Objects.requireNonNull(members.get(offer)).stream())
                .toList();
        assertEquals(Set.copyOf(taken).size(), taken.size(), selection::toString);
        int left = selection.left().stream()
                .mapToInt(each -> each.offer().images())
                .sum();
        Set<Integer> all = members.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertEquals(all.size(), taken.size() + left, selection::toString);
    }

    private static Offer larger(RepositoryName repository, int first, int images, long bytes) {
        return new Offer(
                repository,
                Repositories.digest(first),
                images,
                1,
                bytes,
                SelectionTest.at(100),
                new Value(1),
                Reason.QUOTA,
                SelectionTest.QUOTA.match());
    }
}
