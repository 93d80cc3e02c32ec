package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Quota;
import dev.larder.domain.lifecycle.Reason;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * As much of a repository's plan as it takes to choose what goes in the whole cell.
 *
 * @param kept how many manifests each guard keeps, by its name in words
 * @param offers what may go, the best of it: never more than a whole run may take
 */
public record PlannedRepository(RepositoryName repository, Totals totals, Map<String, Long> kept, List<Offer> offers) {
    /** Copies the collections. */
    public PlannedRepository {
        kept = Map.copyOf(kept);
        offers = List.copyOf(offers);
    }

    /**
     * Takes of a plan what counts.
     *
     * @param most so many manifests a run takes at most
     * @param stayed when groups stayed that an earlier run would have taken, by the digest that names each
     */
    static PlannedRepository of(RepositoryPlan plan, List<Quota> quotas, int most, Map<Digest, Instant> stayed) {
        // one more, or a run that takes all of them would not know that its limit stopped it
        int offered = (int) Math.min(Integer.MAX_VALUE, most + 1L);
        Map<String, Long> kept = new TreeMap<>();
        plan.kept().forEach((guard, count) -> kept.put(words(guard), count));
        List<Offer> offers =
                new ArrayList<>(best(Groups.of(plan).stream(), stayed, Offer.LONGEST_UNUSED_FIRST, offered));
        for (RepositoryPlan under : plan.underQuotas(quotas).values()) {
            offers.addAll(best(forQuota(under).stream(), stayed, Offer.LEAST_VALUABLE_FIRST, offered));
        }
        return new PlannedRepository(plan.repository(), Totals.of(plan), kept, offers);
    }

    /** What a quota lets go, and the rules do not, of its plan. */
    static List<Group> forQuota(RepositoryPlan under) {
        return Groups.of(under).stream()
                .filter(group -> group.reason() == Reason.QUOTA)
                .toList();
    }

    /** {@code newest of family}. */
    public static String words(Verdict.Keep keep) {
        return words(keep.guard());
    }

    private static String words(Guard guard) {
        return guard.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Offer offer(Group group, Map<Digest, Instant> stayed) {
        Offer offer = Offer.of(group);
        Instant at = stayed.get(group.first());
        return at == null ? offer : offer.kept(at);
    }

    private static List<Offer> best(
            Stream<Group> groups, Map<Digest, Instant> stayed, Comparator<Offer> order, int most) {
        List<Offer> best = new ArrayList<>();
        long images = 0;
        for (Offer offer : groups.map(group -> offer(group, stayed))
                .sorted(Offer.KEPT_LAST.thenComparing(order))
                .toList()) {
            if (images >= most) {
                break;
            }
            best.add(offer);
            images += offer.images();
        }
        return best;
    }
}
