package dev.larder.domain.lifecycle;

import dev.larder.domain.lifecycle.Limits.Spent;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes offers one after the other as long as they fit. */
final class Choice {
    private final Map<RepositoryName, Totals> repositories;
    private final Limits limits;
    private final long imagesOfCell;
    private final List<Offer> taken = new ArrayList<>();
    private final List<Selection.Left> left = new ArrayList<>();
    private final Map<Name, Taken> byLargest = new HashMap<>();
    private final Map<RepositoryName, Given> given = new HashMap<>();
    private Spent spent;
    private Optional<String> stopped = Optional.empty();

    /** What kept single groups or repositories from giving more. */
    private final Map<Offer, String> held = new LinkedHashMap<>();

    /** The first that is larger than a tenth, and that nothing else keeps from going. */
    private Optional<Offer> alone = Optional.empty();

    Choice(Map<RepositoryName, Totals> repositories, Limits limits, Spent before) {
        this.repositories = repositories;
        this.limits = limits;
        this.imagesOfCell =
                repositories.values().stream().mapToLong(Totals::images).sum();
        this.spent = before;
    }

    /** Of the largest group that an offer is, or is a part of. */
    private record Name(RepositoryName repository, Digest largest) {
        static Name of(Offer offer) {
            return new Name(offer.repository(), offer.within().orElse(offer.first()));
        }
    }

    /** What was taken of a largest group, all of it by the rules or all for one quota: of those no two have a manifest in common. */
    private record Taken(Optional<String> quota, int images, long bytes) {
        Taken plus(Offer offer) {
            return new Taken(quota, images + offer.images(), bytes + offer.bytes());
        }
    }

    private record Given(long tops, long bytes) {
        static final Given NOTHING = new Given(0, 0);
    }

    void byRules(List<Offer> offers) {
        offers.stream().filter(offer -> !isOverlapped(offer)).forEach(this::offer);
    }

    void byQuota(Quota quota, List<Offer> offers) {
        long cached = 0;
        for (Map.Entry<RepositoryName, Totals> repository : repositories.entrySet()) {
            if (quota.covers(repository.getKey())) {
                cached += repository.getValue().bytes()
                        - given(repository.getKey()).bytes();
            }
        }
        for (Offer offer : offers) {
            if (isOverlapped(offer)) {
                continue;
            }
            if (cached <= quota.bytes()) {
                leave(offer, "the quota of " + quota.match() + " holds without it: " + quota.bytes() + " bytes");
            } else if (offer(offer)) {
                cached -= offer.bytes();
            }
        }
    }

    /** Whether something of it, or more than it, was taken for another reason; then the next run sees what is left. */
    private boolean isOverlapped(Offer offer) {
        Taken other = byLargest.get(Name.of(offer));
        if (other == null || other.quota().equals(quota(offer))) {
            return false;
        }
        offer.without(other.images(), other.bytes())
                .ifPresent(rest -> leave(rest, "some of what goes together goes for another reason first"));
        return true;
    }

    private static Optional<String> quota(Offer offer) {
        return Optional.of(offer).filter(each -> each.reason() == Reason.QUOTA).map(Offer::rule);
    }

    private boolean offer(Offer offer) {
        Optional<String> reason = refused(offer);
        reason.ifPresent(why -> leave(offer, why));
        if (reason.isEmpty()) {
            take(offer);
        }
        return reason.isEmpty();
    }

    private void take(Offer offer) {
        taken.add(offer);
        byLargest.compute(
                Name.of(offer), (_, before) -> (before == null ? new Taken(quota(offer), 0, 0) : before).plus(offer));
        Given repository = given(offer.repository());
        given.put(offer.repository(), new Given(repository.tops() + offer.tops(), repository.bytes() + offer.bytes()));
        spent = spent.plus(offer);
    }

    /** Takes one that is larger than a tenth, when nothing else was taken: a tenth of which nothing goes would never end. */
    void alone() {
        alone.filter(_ -> spent.images() == 0).ifPresent(offer -> {
            left.removeIf(waiting -> waiting.offer().equals(offer));
            held.remove(offer);
            take(offer);
        });
    }

    private Optional<String> refused(Offer offer) {
        Totals repository = repositories.get(offer.repository());
        if (repository == null) {
            throw new IllegalArgumentException(
                    "an offer of " + offer.repository() + ", of which nobody said how much it holds");
        }
        if (stopped.isPresent()) {
            return stopped;
        }
        if (limits.areBelow(offer)) {
            return held(
                    offer,
                    "is larger than a whole run may be: " + offer.images() + " images, " + offer.bytes() + " bytes");
        }
        Optional<String> tooMuch = beyondShare(offer, repository);
        if (tooMuch.isPresent()) {
            return held(offer, tooMuch.get());
        }
        return limits.areTenthBelow(offer) ? beyondTenth(offer) : exceeded(offer);
    }

    /** One that stayed in an earlier run goes in its turn: the others that stayed may be in front of it for ever. */
    private Optional<String> beyondTenth(Offer offer) {
        if (Limits.isSingle(offer) && offer.isKept() && spent.images() == 0) {
            return Optional.empty();
        }
        alone = alone.or(() -> Optional.of(offer).filter(Limits::isSingle));
        return held(offer, "does not fit into a tenth: " + offer.images() + " images, " + offer.bytes() + " bytes");
    }

    private Optional<String> exceeded(Offer offer) {
        stopped = exceeded(spent.plus(offer));
        return stopped;
    }

    /** Why the offer is more than the repository has left to give, or than the cell may give to any run. */
    private Optional<String> beyondShare(Offer offer, Totals repository) {
        long share = limits.share(repository);
        boolean single = Limits.isSingle(offer);
        String together = single ? "" : "; " + offer.tops() + " go together, as they share what they list";
        if (given(offer.repository()).tops() + offer.tops() > share) {
            return Optional.of("a run takes at most " + limits.repositoryPercent() + " % of a repository: " + share
                    + " of " + repository.tops() + together);
        }
        return !single && offer.images() > shareOfCell() ? Optional.of(beyondCell() + together) : Optional.empty();
    }

    private long shareOfCell() {
        return limits.shareOfCell(imagesOfCell);
    }

    private String beyondCell() {
        return "a run takes at most " + limits.cellPercent() + " % of the cell: " + shareOfCell() + " of "
                + imagesOfCell + " images";
    }

    private Optional<String> held(Offer offer, String why) {
        held.putIfAbsent(offer, offer.repository() + "@" + offer.first() + ": " + why);
        return Optional.of(why);
    }

    private Optional<String> exceeded(Spent then) {
        if (then.images() > limits.images()) {
            return Optional.of("a run takes at most " + limits.images() + " images");
        }
        if (then.bytes() > limits.bytes()) {
            return Optional.of("a run takes at most " + limits.bytes() + " bytes");
        }
        return then.images() > shareOfCell() && spent.images() > 0 ? Optional.of(beyondCell()) : Optional.empty();
    }

    private void leave(Offer offer, String reason) {
        left.add(new Selection.Left(offer, reason));
    }

    private Given given(RepositoryName repository) {
        return given.getOrDefault(repository, Given.NOTHING);
    }

    /** What stopped it so far. */
    Optional<String> stopped() {
        return stopped.or(() -> held.values().stream().findFirst());
    }

    /** @param why what stopped it, as it is told */
    Selection selection(Optional<String> why) {
        return new Selection(taken, left, spent, why);
    }
}
