package dev.larder.domain.lifecycle;

import dev.larder.domain.lifecycle.Limits.Spent;
import dev.larder.events.image.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes offers one after the other as long as they fit. */
final class Choice {
    private final Map<RepositoryName, Totals> repositories;
    private final Limits limits;
    private final long imagesOfCell;
    private final Set<Offer> taken = new LinkedHashSet<>();
    private final Map<Offer, List<Offer>> alongWith = new HashMap<>();
    private final List<Selection.Left> left = new ArrayList<>();
    private final List<Quota> quotas;
    private final Nesting nesting;
    private final Map<RepositoryName, Given> given = new HashMap<>();
    private Spent spent;
    private Optional<String> stopped = Optional.empty();

    /** What kept single groups or repositories from giving more. */
    private final Map<Offer, String> held = new LinkedHashMap<>();

    /** The first that is larger than a tenth, and that nothing else keeps from going. */
    private Optional<Offer> alone = Optional.empty();

    Choice(Map<RepositoryName, Totals> repositories, List<Quota> quotas, Limits limits, Spent before) {
        this.repositories = repositories;
        this.quotas = quotas;
        this.nesting = new Nesting(quotas);
        this.limits = limits;
        this.imagesOfCell =
                repositories.values().stream().mapToLong(Totals::images).sum();
        this.spent = before;
    }

    private record Given(long tops, long bytes) {
        static final Given NOTHING = new Given(0, 0);
    }

    void byRules(List<Offer> offers) {
        offers.forEach(this::offer);
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
            if (cached <= quota.bytes()) {
                leave(offer, "the quota of " + quota.match() + " holds without it: " + quota.bytes() + " bytes");
            } else {
                cached -= offer(offer);
            }
        }
    }

    /**
     * Takes it if it fits. What was taken already and is a part of it goes with it then, and not by itself.
     *
     * @return how many bytes more go
     */
    private long offer(Offer offer) {
        if (nesting.isHeld(offer)) {
            return 0;
        }
        Collection<Offer> parts = nesting.heldBy(offer);
        Offer rest = offer.without(parts);
        if (rest.images() == 0) {
            return 0;
        }
        Optional<String> reason = refused(offer, rest);
        if (reason.isPresent()) {
            leave(offer, reason.get());
            return 0;
        }
        List<Offer> within = new ArrayList<>();
        for (Offer part : parts) {
            taken.remove(part);
            nesting.remove(part);
            within.add(part);
            within.addAll(Optional.ofNullable(alongWith.remove(part)).orElse(List.of()));
        }
        if (!within.isEmpty()) {
            alongWith.put(offer, within);
        }
        take(offer, rest);
        return rest.bytes();
    }

    private void take(Offer offer, Offer rest) {
        taken.add(offer);
        nesting.add(offer);
        Given before = given(offer.repository());
        given.put(offer.repository(), new Given(before.tops() + rest.tops(), before.bytes() + rest.bytes()));
        spent = spent.plus(rest);
    }

    /** Takes one that is larger than a tenth, when nothing else was taken: a tenth of which nothing goes would never end. */
    void alone() {
        alone.filter(_ -> spent.images() == 0).ifPresent(offer -> {
            left.removeIf(waiting -> waiting.offer().equals(offer));
            held.remove(offer);
            take(offer, offer);
        });
    }

    /** @param rest what of it does not go in any case */
    private Optional<String> refused(Offer offer, Offer rest) {
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
        Optional<String> tooMuch = beyondShare(offer, rest, repository);
        if (tooMuch.isPresent()) {
            return held(offer, tooMuch.get());
        }
        return limits.areTenthBelow(offer) ? beyondTenth(offer) : exceeded(rest);
    }

    /** One that stayed in an earlier run goes in its turn: the others that stayed may be in front of it for ever. */
    private Optional<String> beyondTenth(Offer offer) {
        if (Limits.isSingle(offer) && offer.isKept() && spent.images() == 0) {
            return Optional.empty();
        }
        alone = alone.or(() -> Optional.of(offer).filter(Limits::isSingle));
        return held(offer, "does not fit into a tenth: " + offer.images() + " images, " + offer.bytes() + " bytes");
    }

    private Optional<String> exceeded(Offer rest) {
        stopped = exceeded(spent.plus(rest));
        return stopped;
    }

    /** Why the offer is more than the repository has left to give, or than the cell may give to any run. */
    private Optional<String> beyondShare(Offer offer, Offer rest, Totals repository) {
        long share = limits.share(repository);
        boolean single = Limits.isSingle(offer);
        String together = single ? "" : "; " + offer.tops() + " go together, as they share what they list";
        if (given(offer.repository()).tops() + rest.tops() > share) {
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
        return new Selection(List.copyOf(taken), alongWith, counted(), spent, why);
    }

    /** What is left, each manifest with one of them: with the smallest group of those that hold it. */
    private List<Selection.Left> counted() {
        Nesting all = new Nesting(quotas);
        taken.forEach(all::add);
        left.forEach(waiting -> all.add(waiting.offer()));
        return left.stream()
                .map(waiting ->
                        new Selection.Left(waiting.offer().without(all.heldBy(waiting.offer())), waiting.reason()))
                .filter(waiting -> waiting.offer().images() > 0)
                .filter(waiting -> !nesting.isHeld(waiting.offer()))
                .toList();
    }
}
