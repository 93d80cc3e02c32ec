package dev.larder.domain.lifecycle;

import dev.larder.domain.upstream.Tariff;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is decided about every manifest of one repository, its family and its relatives considered. */
public final class RepositoryPlan {
    private final Basis basis;
    private final RepositoryState state;
    private final Relations relations;
    private final Ground[] grounds;
    private final Map<Digest, Objection> objections;
    private final Optional<RepositoryPlan> longer;
    private final Keeps keeps;
    private final Families families;
    private final BitSet needed;

    private RepositoryPlan(
            Basis basis, Map<Digest, Objection> objections, Keeps before, Optional<RepositoryPlan> longer) {
        this.basis = basis;
        this.state = basis.state;
        this.relations = basis.relations;
        this.grounds = basis.grounds;
        this.objections = Map.copyOf(objections);
        this.longer = longer;
        this.keeps = basis.own.copy();
        object();
        this.families = Families.keepNewest(basis.rule.keepNewest(), relations, keeps);
        this.needed = new Relatives(relations, keeps, longer.map(plan -> plan.needed)).keep();
        keeps.addAll(before);
    }

    /**
     * Decides.
     *
     * @param now the time of the decision
     */
    public static RepositoryPlan of(RepositoryState state, Policy policy, Instant now) {
        Basis basis = Basis.of(state, policy, now);
        return new RepositoryPlan(basis, Map.of(), new Keeps(basis.relations.size()), Optional.empty());
    }

    /**
     * The same with those kept that something speaks against which was read for the candidates only. Nothing goes that was
     * no candidate before: a manifest that is kept now may do for another one that was kept in its place, but nobody asked
     * what speaks against that.
     */
    public RepositoryPlan objected(Map<Digest, Objection> more) {
        Map<Digest, Objection> all = new HashMap<>(more);
        all.putAll(objections);
        return new RepositoryPlan(basis, all, keeps, longer.map(plan -> plan.objected(more)));
    }

    private void object() {
        for (int place = 0; !objections.isEmpty() && place < relations.size(); place++) {
            Objection objection = objections.get(relations.at(place).digest());
            if (objection != null) {
                keeps.keep(place, objection.guard(), objection.detail(), Optional.empty());
            }
        }
    }

    /**
     * What may go when the quota is exceeded, by its shorter time: for {@link Reason#QUOTA} what does not go by this plan.
     * Objections to this plan stand.
     */
    public RepositoryPlan underQuota(Quota quota) {
        return underQuota(quota, this);
    }

    /**
     * The same for each quota that covers the repository. What goes by any of these plans and by this one may go in one run:
     * neither one of them nor all of them together leave what is needed without an index.
     */
    public Map<Quota, RepositoryPlan> underQuotas(List<Quota> quotas) {
        Map<Quota, RepositoryPlan> plans = new LinkedHashMap<>();
        RepositoryPlan before = this;
        for (Quota quota : quotas.stream().sorted(Quota.LONGEST_TIME_FIRST).toList()) {
            if (quota.covers(repository())) {
                before = underQuota(quota, before);
                plans.put(quota, before);
            }
        }
        return plans;
    }

    /**
     * Whatever goes by a longer time goes by a shorter one, too. So an index is kept for what it lists only if it is needed
     * by the longer time as well: by that plan, it may go.
     */
    private RepositoryPlan underQuota(Quota quota, RepositoryPlan byLonger) {
        return new RepositoryPlan(
                basis.under(quota, keeps), objections, new Keeps(relations.size()), Optional.of(byLonger));
    }

    /**
     * Looks at some manifests again, right before they go: alone, on the grounds of this plan.
     *
     * @param fresh the repository as it is then; of manifests those alone that are to go, what indexes list filled in
     * @return what keeps each that has to stay after all
     * @throws IllegalArgumentException when one is not of this plan
     */
    public Map<Digest, Verdict.Keep> keptNow(RepositoryState fresh, Instant then) {
        Signals signals = basis.signals(fresh, then);
        Map<Digest, Verdict.Keep> kept = new LinkedHashMap<>();
        for (Manifest manifest : fresh.manifests()) {
            signals.keep(manifest, grounds[relations.place(manifest.digest())])
                    .ifPresent(keep -> kept.put(manifest.digest(), keep));
        }
        return kept;
    }

    private Verdict verdict(int place, Evidence evidence) {
        Optional<Verdict.Keep> keep = keeps.at(place);
        Ground ground = grounds[place];
        return keep.isPresent()
                ? keep.get()
                : new Verdict.Evict(ground.reason(), ground.rule(), evidence.of(place, relations.at(place), ground));
    }

    /** Of which repository. */
    public RepositoryName repository() {
        return state.repository();
    }

    /** The rule that holds for the repository. */
    public EvictionRule rule() {
        return basis.rule;
    }

    /** All manifests, in the order of their digests. */
    public Map<Digest, Manifest> manifests() {
        return relations.byDigest();
    }

    /** One for each manifest, in the order of their digests, with the evidence, which is written down only now. */
    public Map<Digest, Verdict> verdicts() {
        Evidence evidence = new Evidence(state, basis.policy, basis.rule, families);
        Map<Digest, Verdict> all = LinkedHashMap.newLinkedHashMap(relations.size());
        for (int place = 0; place < relations.size(); place++) {
            all.put(relations.at(place).digest(), verdict(place, evidence));
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * The one of a manifest, with its evidence.
     *
     * @throws IllegalArgumentException when it is not in the repository
     */
    public Verdict verdict(Digest digest) {
        return verdict(relations.place(digest), new Evidence(state, basis.policy, basis.rule, families));
    }

    /** How many manifests each guard keeps. */
    public Map<Guard, Long> kept() {
        Map<Guard, Long> kept = new EnumMap<>(Guard.class);
        for (int place = 0; place < relations.size(); place++) {
            keeps.at(place).ifPresent(keep -> kept.merge(keep.guard(), 1L, Long::sum));
        }
        return kept;
    }

    /** Those that may go, in the order of their digests. */
    public List<Manifest> candidates() {
        List<Manifest> candidates = new ArrayList<>();
        for (int place = 0; place < relations.size(); place++) {
            if (goes(place)) {
                candidates.add(relations.at(place));
            }
        }
        return candidates;
    }

    /**
     * One of the manifests.
     *
     * @throws IllegalArgumentException when it is not in the repository
     */
    public Manifest manifest(Digest digest) {
        return relations.at(relations.place(digest));
    }

    /** Whether it may go. */
    public boolean evicts(Digest digest) {
        return relations.byDigest().containsKey(digest) && goes(relations.place(digest));
    }

    /** How many manifests are not in ECR's archive. */
    public int images() {
        return (int) standard().count();
    }

    /** How many of them are nobody's part: not listed by an index here, and not about another one here. */
    public int tops() {
        return (int) standard().filter(relations::isTop).count();
    }

    /** Their compressed bytes, counted as {@link Group#bytes()} does. */
    public long bytes() {
        return standard().mapToLong(place -> Group.bytes(relations.at(place))).sum();
    }

    private IntStream standard() {
        return IntStream.range(0, relations.size())
                .filter(place -> !relations.at(place).archived());
    }

    /**
     * For how long manifests must be without use to go together: for the longest time that the ground of any of them asks for,
     * and not for less than the rule's, whatever a quota says.
     *
     * @throws IllegalArgumentException when one is not in the repository
     */
    public Duration unusedFor(Collection<Manifest> manifests) {
        Duration longest = basis.rule.notPulledFor();
        for (Manifest manifest : manifests) {
            Duration time = grounds[relations.place(manifest.digest())].time();
            longest = time.compareTo(longest) > 0 ? time : longest;
        }
        return longest;
    }

    Relations relations() {
        return relations;
    }

    boolean goes(int place) {
        return !keeps.stays(place);
    }

    Ground ground(int place) {
        return grounds[place];
    }

    Use use(int place) {
        return state.use(relations.at(place).digest());
    }

    Optional<Tariff> tariff() {
        return state.tariff();
    }
}
