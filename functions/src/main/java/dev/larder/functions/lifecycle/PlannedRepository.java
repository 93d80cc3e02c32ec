package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Fit;
import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Limits;
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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * As much of a repository's plan as it takes to choose what goes in the whole cell.
 *
 * @param kept how many manifests each guard keeps, by its name in words
 * @param offers what may go, the best of it: not much more than a whole run may take, and as much of what is too large for it
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
     * @param limits of the run
     * @param stayed when groups stayed that an earlier run would have taken
     */
    static PlannedRepository of(
            RepositoryPlan plan, List<Quota> quotas, Limits limits, Map<KeptGroups.Name, Instant> stayed) {
        Map<String, Long> kept = new TreeMap<>();
        plan.kept().forEach((guard, count) -> kept.put(words(guard), count));
        Totals totals = Totals.of(plan);
        List<Larger> underQuotas = plan.underQuotas(quotas).entrySet().stream()
                .map(under -> new Larger(under.getKey().match(), Groups.of(under.getValue())))
                .toList();
        List<Offer> offers = new ArrayList<>(
                best(offers(Groups.of(plan), stayed, underQuotas), Offer.LONGEST_UNUSED_FIRST, totals, limits));
        for (int level = 0; level < underQuotas.size(); level++) {
            Stream<Offer> some = offers(
                    forQuota(underQuotas.get(level).groups()),
                    stayed,
                    underQuotas.subList(level + 1, underQuotas.size()));
            offers.addAll(best(some, Offer.LEAST_VALUABLE_FIRST, totals, limits));
        }
        return new PlannedRepository(plan.repository(), totals, kept, offers);
    }

    /** What a quota lets go, and the rules do not, of its plan. */
    static List<Group> forQuota(RepositoryPlan under) {
        return forQuota(Groups.of(under));
    }

    private static List<Group> forQuota(List<Group> groups) {
        return groups.stream().filter(group -> group.reason() == Reason.QUOTA).toList();
    }

    /** The groups of a quota's plan, those by the rules among them, and what names the group of each manifest. */
    private record Larger(String quota, List<Group> groups, Map<Digest, Digest> names) {
        Larger(String quota, List<Group> groups) {
            this(quota, groups, new HashMap<>());
            groups.forEach(group -> group.manifests().forEach(manifest -> names.put(manifest.digest(), group.first())));
        }
    }

    /** {@code newest of family}. */
    public static String words(Verdict.Keep keep) {
        return words(keep.guard());
    }

    private static String words(Guard guard) {
        return guard.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Stream<Offer> offers(
            List<Group> groups, Map<KeptGroups.Name, Instant> stayed, List<Larger> underQuotas) {
        return groups.stream().map(group -> {
            Offer offer = Offer.of(group).within(within(group, underQuotas));
            Instant at = stayed.isEmpty() ? null : stayed.get(KeptGroups.Name.of(group));
            return at == null ? offer : offer.kept(at);
        });
    }

    private static Map<String, Digest> within(Group group, List<Larger> underQuotas) {
        if (underQuotas.isEmpty()) {
            return Map.of();
        }
        Map<String, Digest> within = new HashMap<>();
        underQuotas.forEach(under -> Optional.ofNullable(under.names().get(group.first()))
                .ifPresent(first -> within.put(under.quota(), first)));
        return within;
    }

    /**
     * As many as a run may take of those that it could take, and so much of the others, for who wants to know why they stay.
     * Where the share of the cell decides that, the smallest are the best: whatever fits is not behind what does not.
     */
    private static List<Offer> best(Stream<Offer> offers, Comparator<Offer> order, Totals repository, Limits limits) {
        Map<Fit, List<Offer>> byFit = offers.collect(Collectors.groupingBy(
                offer -> Fit.of(offer, repository, limits), () -> new EnumMap<>(Fit.class), Collectors.toList()));
        List<Offer> best = new ArrayList<>();
        byFit.forEach((fit, some) -> {
            Comparator<Offer> first =
                    fit == Fit.MAYBE ? Comparator.comparingInt(Offer::images).thenComparing(order) : order;
            Comparator<Offer> kept = Offer.KEPT_LAST.thenComparing(first);
            int most = fit == Fit.ALONE ? limits.whole().images() : limits.images();
            // sizes say nothing of what stayed: it would be cut off behind what fits into no share
            Map<Boolean, List<Offer>> stayed =
                    some.stream().collect(Collectors.partitioningBy(offer -> fit == Fit.MAYBE && offer.isKept()));
            stayed.values().forEach(each -> best.addAll(best(each, kept, most)));
        });
        return best;
    }

    /** One more than a run takes, or a run that takes all of them would not know that its limit stopped it. */
    private static List<Offer> best(List<Offer> offers, Comparator<Offer> order, int most) {
        List<Offer> best = new ArrayList<>();
        long images = 0;
        for (Offer offer : offers.stream().sorted(order).toList()) {
            if (images > most) {
                break;
            }
            best.add(offer);
            images += offer.images();
        }
        return best;
    }
}
