package dev.larder.domain.lifecycle;

import dev.larder.domain.lifecycle.Limits.Spent;
import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run takes of all that may go in the cell: first what rules let go, the longest unused first, then what exceeded
 * quotas let go, the least valuable first, until each holds; and behind all that, in the same way, what stayed when an earlier
 * run would have taken it.
 *
 * @param taken in the order in which they were taken
 * @param alongWith for some that go for a quota, what of them would go for another reason as well: by itself, when it turns out
 *     that not all may go
 * @param left the others, each with the reason
 * @param spent by the run, these included
 * @param stopped the limit of the whole run that ended it, or else the first that kept a repository from giving more, or a
 *     group from going at all; absent when no limit did, or only for what stayed in an earlier run
 */
public record Selection(
        List<Offer> taken, Map<Offer, List<Offer>> alongWith, List<Left> left, Spent spent, Optional<String> stopped) {
    /** Copies the collections. */
    public Selection {
        taken = List.copyOf(taken);
        alongWith = Map.copyOf(alongWith);
        left = List.copyOf(left);
    }

    /** A group that is not taken, and why. */
    public record Left(Offer offer, String reason) {}

    /**
     * Chooses. The first offer that does not fit into what is left of the run ends it; one that would not fit into any run
     * is passed over, as is one of a repository that has given its share.
     *
     * @param offers in any order; of a quota's plan those alone with the reason {@link Reason#QUOTA}
     * @param repositories every cached repository, also those that offer nothing: the shares and quotas are of them
     * @param quotas all of them
     * @param before what the run took already
     * @throws IllegalArgumentException when an offer is of another repository, or of a quota that is not given
     */
    public static Selection of(
            List<Offer> offers,
            Map<RepositoryName, Totals> repositories,
            List<Quota> quotas,
            Limits limits,
            Spent before) {
        checkQuotas(offers, quotas);
        Choice choice = new Choice(repositories, quotas, limits, before);
        choose(choice, offers.stream().filter(offer -> !offer.isKept()).toList(), quotas);
        choice.alone();
        Optional<String> stopped = choice.stopped();
        choose(choice, offers.stream().filter(Offer::isKept).toList(), quotas);
        return choice.selection(stopped);
    }

    private static void choose(Choice choice, List<Offer> offers, List<Quota> quotas) {
        choice.byRules(offers.stream()
                .filter(offer -> offer.reason() != Reason.QUOTA)
                .sorted(Offer.KEPT_LAST.thenComparing(Offer.LONGEST_UNUSED_FIRST))
                .toList());
        quotas.stream()
                .sorted(Quota.MOST_SPECIFIC_FIRST)
                .forEach(quota -> choice.byQuota(
                        quota,
                        offers.stream()
                                .filter(offer -> offer.reason() == Reason.QUOTA
                                        && offer.rule().equals(quota.match()))
                                .sorted(Offer.KEPT_LAST.thenComparing(Offer.LEAST_VALUABLE_FIRST))
                                .toList()));
    }

    private static void checkQuotas(List<Offer> offers, List<Quota> quotas) {
        Set<String> known = quotas.stream().map(Quota::match).collect(Collectors.toSet());
        for (Offer offer : offers) {
            if (offer.reason() == Reason.QUOTA && !known.contains(offer.rule())) {
                throw new IllegalArgumentException(
                        "an offer under the quota of " + offer.rule() + ", which is none of " + known);
            }
        }
    }
}
