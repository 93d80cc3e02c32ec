package dev.larder.cli;

import dev.larder.cli.LifecyclePlanLine.Drifted;
import dev.larder.cli.LifecyclePlanLine.Later;
import dev.larder.cli.LifecyclePlanLine.LeftOut;
import dev.larder.cli.LifecyclePlanLine.Note;
import dev.larder.cli.LifecyclePlanLine.QuotaUse;
import dev.larder.cli.LifecyclePlanLine.Spared;
import dev.larder.cli.LifecyclePlanLine.Tally;
import dev.larder.cli.LifecyclePlanLine.Total;
import dev.larder.domain.image.Glob;
import dev.larder.domain.lifecycle.EvictionRule;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Quota;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.Selection;
import dev.larder.domain.lifecycle.Totals;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.domain.money.Savings;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import dev.larder.functions.desired.Reconciliation;
import dev.larder.functions.ecr.CacheException;
import dev.larder.functions.ecr.CacheInventory;
import dev.larder.functions.lifecycle.LifecyclePlanning;
import dev.larder.functions.lifecycle.PlannedRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Plans what a run would do now. Repositories are read one after the other, and only what a run chooses from is kept of
 * each; those of which something goes are read a second time, as a run does.
 */
final class LifecyclePlanReading {
    private static final Comparator<Offer> BY_RULE = Comparator.comparing(Offer::reason)
            .thenComparing(Offer::rule)
            .thenComparing(Offer::repository)
            .thenComparing(Offer.LONGEST_UNUSED_FIRST);

    private final OperatedCell cell;
    private final EvictionReading reading;
    private final Reconciliation reconciliation;
    private final List<Offer> offers = new ArrayList<>();
    private final Map<Name, List<Tag>> tags = new HashMap<>();
    private final Map<RepositoryName, Totals> totals = new HashMap<>();
    private final Map<String, Long> spared = new TreeMap<>();

    /** How many manifests may go of each repository of which it is shown what is spared. */
    private final Map<RepositoryName, Integer> mayGoOf = new HashMap<>();

    LifecyclePlanReading(OperatedCell cell) {
        this.cell = cell;
        this.reading = new EvictionReading(cell);
        this.reconciliation = cell.reconciliation();
    }

    private record Name(RepositoryName repository, Digest first) {}

    /**
     * What is shown of a plan, whatever it is made of.
     *
     * @param rule only what this rule or quota is about, by its match; absent for all
     * @param repository only repositories that match; absent for all
     */
    record Choice(Optional<String> rule, Optional<Glob> repository) {
        boolean has(RepositoryName name) {
            return repository.filter(glob -> !glob.matches(name.value())).isEmpty();
        }

        boolean has(Offer offer) {
            return has(offer.repository())
                    && rule.filter(match -> !match.equals(offer.rule())).isEmpty();
        }
    }

    /** Takes the plan, line by line: what is spared, then what goes, what waits, quotas, and the total. */
    interface Sink {
        /** What is spared is told by now; this goes now, in this order. */
        void chosen(List<Offer> going, EvictionReading.Mode mode);

        /** The next line. */
        void line(LifecyclePlanLine line);
    }

    /** What may be chosen of the rules and quotas. */
    List<String> rules() {
        return Stream.concat(
                        reading.eviction().policy().rules().stream().map(EvictionRule::match),
                        reading.eviction().quotas().stream().map(Quota::match))
                .distinct()
                .toList();
    }

    void read(Choice choice, Sink sink) {
        EvictionReading.Mode mode = reading.mode();
        cell.inventory()
                .repositories()
                .filter(repository -> reading.eviction().policy().covers(repository.name()))
                .forEach(repository -> {
                    look(repository.name(), mode.limits(), choice, sink);
                    if (choice.rule().isEmpty() && choice.has(repository.name())) {
                        drift(repository, sink);
                    }
                });
        Selection selection =
                Selection.of(offers, totals, reading.eviction().quotas(), mode.limits(), Limits.Spent.NOTHING);
        List<Offer> shown =
                selection.taken().stream().filter(choice::has).sorted(BY_RULE).toList();
        sink.chosen(shown, mode);
        int unread = reading.unread();
        GoingReading.Sum going = new GoingReading(reading, sink).of(shown);
        Tally later = Tally.NOTHING;
        for (Selection.Left left : selection.left()) {
            if (choice.has(left.offer())) {
                later = later.plus(left.offer().images(), left.offer().bytes());
                Name name = new Name(left.offer().repository(), left.offer().first());
                sink.line(new Later(left.offer(), tags.getOrDefault(name, List.of()), left.reason()));
            }
        }
        quotas(selection, sink);
        notes(going, shown, beyond(selection), unread, sink);
        sink.line(new Total(
                cellTotal(),
                going.tally(),
                later,
                spared,
                mode,
                selection.stopped().stream().toList(),
                Savings.of(going.tally().bytes(), going.requests(), cell.prices())));
    }

    private void look(RepositoryName repository, Limits limits, Choice choice, Sink sink) {
        try {
            LifecyclePlanning.Planned planned = reading.planning().plan(repository);
            PlannedRepository offered = planned.offered(limits);
            RepositoryPlan plan = planned.byRules();
            totals.put(repository, offered.totals());
            for (Offer offer : offered.offers()) {
                offers.add(offer);
                List<Tag> own = plan.manifest(offer.first()).tags();
                if (!own.isEmpty()) {
                    tags.put(new Name(repository, offer.first()), own);
                }
            }
            if (choice.has(repository) && isOf(choice, plan)) {
                spared(planned, sink);
            }
        } catch (CacheException | IllegalArgumentException e) {
            // ECR refused, or said something that nobody understands; a sweep leaves it out, too
            sink.line(new LeftOut(repository, String.valueOf(e.getMessage())));
        }
    }

    private void drift(CacheInventory.Repository repository, Sink sink) {
        try {
            reconciliation
                    .reconcile(repository, false)
                    .forEach(drift -> sink.line(new Drifted(repository.name(), drift)));
        } catch (CacheException e) {
            sink.line(new Note("drift of " + repository.name() + " is not known: " + e.getMessage()));
        }
    }

    private boolean isOf(Choice choice, RepositoryPlan plan) {
        return choice.rule()
                .filter(match -> !match.equals(plan.rule().match())
                        && reading.eviction().quotas().stream()
                                .noneMatch(quota -> quota.match().equals(match) && quota.covers(plan.repository())))
                .isEmpty();
    }

    /** What a quota lets go is not spared: it goes, or waits for a run. */
    private void spared(LifecyclePlanning.Planned planned, Sink sink) {
        RepositoryPlan plan = planned.byRules();
        Set<Digest> mayGo = planned.mayGo();
        mayGoOf.put(plan.repository(), mayGo.size());
        plan.verdicts().forEach((digest, verdict) -> {
            if (verdict instanceof Verdict.Keep keep && !mayGo.contains(digest)) {
                Spared line = new Spared(plan.manifest(digest), plan.rule().match(), keep);
                spared.merge(line.guard(), 1L, Long::sum);
                sink.line(line);
            }
        });
    }

    private void quotas(Selection selection, Sink sink) {
        for (Quota quota : reading.eviction().quotas()) {
            long cached = totals.entrySet().stream()
                    .filter(repository -> quota.covers(repository.getKey()))
                    .mapToLong(repository -> repository.getValue().bytes())
                    .sum();
            long goes = selection.taken().stream()
                    .filter(offer -> quota.covers(offer.repository()))
                    .mapToLong(Offer::bytes)
                    .sum();
            sink.line(new QuotaUse(quota, cached, cached - goes));
        }
    }

    /** How many may go and were not offered: a selection has each manifest once, of those that were. */
    private int beyond(Selection selection) {
        Map<RepositoryName, Integer> rest = new HashMap<>(mayGoOf);
        Stream.concat(selection.taken().stream(), selection.left().stream().map(Selection.Left::offer))
                .forEach(offer -> rest.computeIfPresent(offer.repository(), (_, images) -> images - offer.images()));
        return rest.values().stream().mapToInt(images -> Math.max(0, images)).sum();
    }

    private void notes(GoingReading.Sum going, List<Offer> shown, int beyond, int unread, Sink sink) {
        if (going.groups() < shown.size()) {
            sink.line(new Note((shown.size() - going.groups()) + " of " + shown.size()
                    + " that would go changed while this was read, and are not shown"));
        }
        int stayed =
                shown.stream().filter(Offer::isKept).mapToInt(Offer::images).sum();
        if (stayed > 0) {
            sink.line(new Note(stayed
                    + " of the images that would go stayed in an earlier run, as something was found out against"
                    + " them right before: they come behind all others, and that is asked again; what it was is in"
                    + " ./larder runs --run ID for 30 days"));
        }
        if (beyond > 0) {
            sink.line(new Note(beyond
                    + " more images may go and are not listed: of one repository a run looks at no more than it may"
                    + " take, and at so many of those that are too many together for any run"));
        }
        if (unread > 0) {
            sink.line(new Note(unread
                    + (unread == 1 ? " index was" : " indexes were")
                    + " not read by any sweep yet, and count as kept with all that they may list: to read one here would"
                    + " count as a pull"));
        }
        reading.unheard().ifPresent(why -> sink.line(new Note("nothing can go: " + why)));
        sink.line(new Note(EvictionReading.ASKED_LATER));
    }

    private Tally cellTotal() {
        return new Tally(
                totals.values().stream().mapToLong(Totals::images).sum(),
                totals.values().stream().mapToLong(Totals::bytes).sum());
    }
}
