package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Groups;
import dev.larder.domain.lifecycle.InUse;
import dev.larder.domain.lifecycle.Limits;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.domain.lifecycle.Offer;
import dev.larder.domain.lifecycle.Quota;
import dev.larder.domain.lifecycle.Reason;
import dev.larder.domain.lifecycle.RepositoryPlan;
import dev.larder.domain.lifecycle.RepositoryState;
import dev.larder.domain.lifecycle.Verdict;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plans repositories one by one, for sweeps and for who only looks: without the signals that are read right before an image
 * goes, except for what earlier sweeps left of them.
 */
public final class LifecyclePlanning {
    private final RepositoryReading reading;
    private final Eviction eviction;
    private final List<InUse> inUse;
    private final KnownObjections known;
    private final Function<RepositoryName, Map<KeptGroups.Name, Instant>> stayed;
    private final InstantSource clock;

    /**
     * Takes what a plan is made of.
     *
     * @param inUse what every source says now
     * @param known what earlier sweeps left behind; it counts when evictGone does not hold
     * @param stayed when each group of a repository stayed that an earlier run would have taken, see {@link KeptGroups}
     * @param clock read once for each plan
     */
    public LifecyclePlanning(
            RepositoryReading reading,
            Eviction eviction,
            List<InUse> inUse,
            KnownObjections known,
            Function<RepositoryName, Map<KeptGroups.Name, Instant>> stayed,
            InstantSource clock) {
        this.reading = reading;
        this.eviction = eviction;
        this.inUse = List.copyOf(inUse);
        this.known = known;
        this.stayed = stayed;
        this.clock = clock;
    }

    /** As a sweep plans. */
    static LifecyclePlanning of(LifecyclePorts ports, Eviction eviction, RepositoryReading reading) {
        return new LifecyclePlanning(
                reading, eviction, ports.inUse().now(), ports.known(), ports.keptGroups(), ports.clock());
    }

    /** All that is known of a repository. */
    public RepositoryState state(RepositoryName repository) {
        return reading.whole(repository, inUse);
    }

    /** Plans a repository; one that is gone is empty. */
    public Planned plan(RepositoryName repository) {
        return plan(state(repository));
    }

    /** Plans a repository of which all is known. */
    public Planned plan(RepositoryState state) {
        RepositoryName repository = state.repository();
        RepositoryPlan plan = RepositoryPlan.of(state, eviction.policy(), clock.instant());
        if (!mayOffer(plan)) {
            return new Planned(plan, eviction, Map.of());
        }
        Map<Digest, Objection> objections = objections(repository);
        return new Planned(objections.isEmpty() ? plan : plan.objected(objections), eviction, stayed.apply(repository));
    }

    /** Of the others nobody has to look up what earlier sweeps left behind. */
    private boolean mayOffer(RepositoryPlan plan) {
        return !plan.candidates().isEmpty()
                || eviction.quotas().stream().anyMatch(quota -> quota.covers(plan.repository()));
    }

    /** What earlier sweeps left behind that speaks against images of a repository, as long as its rule minds. */
    public Map<Digest, Objection> objections(RepositoryName repository) {
        return eviction.policy().ruleOf(repository).evictGone() ? Map.of() : known.of(repository);
    }

    /** A repository's plan, by the rules and under each quota. */
    public static final class Planned {
        private final RepositoryPlan plan;
        private final Eviction eviction;
        private final Map<KeptGroups.Name, Instant> stayed;

        private Planned(RepositoryPlan plan, Eviction eviction, Map<KeptGroups.Name, Instant> stayed) {
            this.plan = plan;
            this.eviction = eviction;
            this.stayed = stayed;
        }

        /** By the rules alone. */
        public RepositoryPlan byRules() {
            return plan;
        }

        /**
         * What a run would choose from.
         *
         * @param limits of the run
         */
        public PlannedRepository offered(Limits limits) {
            return PlannedRepository.of(plan, eviction.quotas(), limits, stayed);
        }

        /** What may go by the rules, or under a quota that covers the repository. */
        public Set<Digest> mayGo() {
            Set<Digest> all = new HashSet<>();
            Stream.concat(Stream.of(plan), underQuotas().values().stream())
                    .flatMap(each -> each.candidates().stream())
                    .forEach(manifest -> all.add(manifest.digest()));
            return all;
        }

        /** The groups with which a manifest would go: by the rules, and under each quota that lets it go. */
        public Stream<Group> groupsOf(Digest digest) {
            return Stream.concat(
                            Groups.of(plan).stream(),
                            underQuotas().values().stream()
                                    .flatMap(under -> PlannedRepository.forQuota(under).stream()))
                    .filter(group -> group.manifests().stream()
                            .anyMatch(manifest -> manifest.digest().equals(digest)));
        }

        private Map<Quota, RepositoryPlan> underQuotas() {
            return plan.underQuotas(eviction.quotas());
        }

        /** What is behind the offers; what has changed since they were made is not in the answer. */
        public List<Going> going(Collection<Offer> offers) {
            Map<Name, Going> all = new HashMap<>();
            Groups.of(plan)
                    .forEach(group ->
                            all.put(new Name(group.first(), group.reason(), group.rule()), new Going(group, plan)));
            underQuotas()
                    .forEach((quota, under) -> PlannedRepository.forQuota(under)
                            .forEach(group -> all.put(
                                    new Name(group.first(), group.reason(), group.rule()), new Going(group, under))));
            return offers.stream()
                    .flatMap(offer ->
                            Optional.ofNullable(all.get(new Name(offer.first(), offer.reason(), offer.rule())))
                                    .stream())
                    .toList();
        }

        private record Name(Digest first, Reason reason, String rule) {}
    }

    /**
     * A group that would go.
     *
     * @param plan that lets it go, and knows why
     */
    public record Going(Group group, RepositoryPlan plan) {
        /** Why it is safe that the manifest goes: a line for each signal. */
        public List<String> evidence(Digest digest) {
            return plan.verdict(digest) instanceof Verdict.Evict evict ? evict.evidence() : List.of();
        }
    }
}
