package dev.larder.functions.planning;

import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Candidates;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.Funds;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Popular;
import dev.larder.domain.warming.Sightings;
import dev.larder.domain.warming.Successors;
import dev.larder.domain.warming.Wanted;
import dev.larder.domain.warming.WarmLimits;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans what to warm now: loads what is known, lets the domain decide, and takes the cost off the budgets. */
public final class WarmPlanning {
    private static final int TRIES = 5;
    static final String UNFINISHED =
            "it was ordered before, and that order has come to no end: see the queue of warm orders";
    static final String NOT_ALLOWED = "is under no upstream that allows it";

    private final Upstreams upstreams;
    private final Warm warm;
    private final PlanningPorts ports;
    private final Substitutes substitutes;
    private final Savings savings;
    private final Freshness freshness;
    private final Candidates candidates;
    private final DigestCandidates digests;
    private final TagLooks looks;

    /** Takes the settings and the ports. */
    public WarmPlanning(Upstreams upstreams, Warm warm, PlanningPorts ports) {
        this.upstreams = upstreams;
        this.warm = warm;
        this.ports = ports;
        this.substitutes = new Substitutes(warm.substitutes());
        this.savings = new Savings(ports.states(), LookAhead.betweenPlans(warm.schedule()));
        this.freshness = new Freshness(LookAhead.of(warm.schedule()));
        this.digests = new DigestCandidates(upstreams, ports);
        this.looks = new TagLooks(ports, freshness);
        this.candidates = new Candidates(
                new Popular(
                        warm.popular().top(),
                        warm.popular().minimumPulls(),
                        warm.popular().within()),
                freshness,
                Candidates.LEAST_WORTH);
    }

    /**
     * What a plan came to.
     *
     * @param notes what the file asks for and was not found
     * @param pinnedNotWarm images that the file pins, and that could not be ordered or not be had, with the reason
     * @param paid the orders that were taken off a budget
     */
    public record Planned(
            WarmPlan plan,
            List<String> notes,
            Map<String, String> pinnedNotWarm,
            Survey survey,
            Set<ImageReference> paid) {
        /** Copies. */
        public Planned {
            paid = Set.copyOf(paid);
            notes = List.copyOf(notes);
            Map<String, String> all = new HashMap<>(pinnedNotWarm);
            plan.left().stream()
                    .filter(left -> left.candidate().reason() == WarmReason.PINNED)
                    .forEach(left -> all.put(left.candidate().image().toString(), left.reason()));
            pinnedNotWarm = Map.copyOf(all);
        }
    }

    /** The plan as it would be, nothing spent. */
    public Planned plan(Instant now) {
        Ranking ranking = rank(now);
        Map<String, UpstreamState> states = states();
        Map<String, Funds> funds = new HashMap<>();
        for (Upstream upstream : upstreams.all()) {
            UpstreamState state = Objects.requireNonNull(states.get(upstream.prefix()));
            funds.put(upstream.prefix(), UpstreamFunds.of(upstream, state, now));
        }
        List<Candidate> ranked = Savings.first(ranking.ranked(), states, now);
        WarmLimits limits = limits(now);
        UnderWay underWay = new UnderWay(ports, warm.limits().imagesPerRun(), now);
        List<Candidate> open = underWay.without(
                ranked, this::prefix, candidate -> WarmPlan.isPassedOver(candidate, prefix(candidate), funds, limits));
        ranking.cold().stream()
                .filter(underWay.unfinished()::contains)
                .forEach(pin -> ranking.pinnedNotWarm().putIfAbsent(pin.toString(), UNFINISHED));
        WarmPlan plan = WarmPlan.of(open, this::prefix, funds, limits, now);
        return ranking.planned(underWay.with(plan));
    }

    private Map<String, UpstreamState> states() {
        return upstreams.all().stream()
                .map(Upstream::prefix)
                .collect(Collectors.toMap(prefix -> prefix, ports.states()::of));
    }

    /** The plan, its cost taken off the budgets: what is ordered is paid. */
    public Planned spend(Instant now) {
        Planned whole = reserve(now);
        List<Candidate> orders = new ArrayList<>();
        List<WarmPlan.Left> left = new ArrayList<>(whole.plan().left());
        Map<String, Candidate> dear = new HashMap<>(whole.plan().dear());
        Map<String, TokenBucket> buckets = new HashMap<>(whole.plan().buckets());
        Set<ImageReference> ahead = new HashSet<>();
        long bytes = 0;
        for (Upstream upstream : upstreams.all()) {
            List<Candidate> own = whole.plan().orders().stream()
                    .filter(candidate -> prefix(candidate).equals(upstream.prefix()))
                    .toList();
            if (!own.isEmpty()) {
                WarmPlan paid = pay(upstream, own, ahead, now);
                orders.addAll(paid.orders());
                left.addAll(paid.left());
                dear.putAll(paid.dear());
                buckets.putAll(paid.buckets());
                bytes += paid.bytes();
            }
        }
        ports.bytes().add(bytes - whole.plan().bytes(), now);
        orders.sort(Candidate.BEST_FIRST);
        WarmPlan plan = new WarmPlan(orders, left, dear, buckets, bytes);
        savings.after(plan, states(), now);
        return new Planned(plan, whole.notes(), whole.pinnedNotWarm(), whole.survey(), ahead);
    }

    /** A plan of which the bytes are taken from the day's; another plan may take them first. */
    private Planned reserve(Instant now) {
        for (int i = 0; i < TRIES; i++) {
            Planned whole = plan(now);
            if (ports.bytes().take(whole.plan().bytes(), warm.limits().bytesPerDay(), now)) {
                return whole;
            }
        }
        throw new IllegalStateException("other plans took the bytes of the day " + TRIES
                + " times while this one was made; nothing was ordered, and the next plan begins anew");
    }

    private WarmPlan pay(Upstream upstream, List<Candidate> own, Set<ImageReference> ahead, Instant now) {
        WarmLimits unlimited = new WarmLimits(own.size(), Long.MAX_VALUE);
        for (int i = 0; i < TRIES; i++) {
            UpstreamState state = ports.states().of(upstream.prefix());
            Funds funds = UpstreamFunds.of(upstream, state, now);
            WarmPlan plan = WarmPlan.of(own, this::prefix, Map.of(upstream.prefix(), funds), unlimited, now);
            TokenBucket bucket = funds.bucket().orElse(null);
            if (plan.orders().isEmpty() || bucket == null) {
                return plan;
            }
            List<Candidate> early = plan.orders().stream()
                    .filter(order -> !UpstreamFunds.isStale(bucket, now, order.notBefore()))
                    .toList();
            if (new UpstreamFunds(ports.states()).spent(upstream, state, paid(bucket, early, now))) {
                early.forEach(order -> ahead.add(order.image()));
                return plan;
            }
        }
        // the other upstreams' orders are paid for already
        String why = "the budget of " + upstream.prefix() + " was written " + TRIES
                + " times by others while this was to be taken off it; the next plan orders it";
        return new WarmPlan(
                List.of(),
                own.stream().map(candidate -> new WarmPlan.Left(candidate, why)).toList(),
                Map.of(),
                Map.of(),
                0);
    }

    /** What is fetched so late that it has to be paid then is not paid now. */
    private static TokenBucket paid(TokenBucket bucket, List<Candidate> early, Instant now) {
        TokenBucket left = bucket;
        for (Candidate order : early) {
            left = left.spend(order.price().tokens(), now).orElse(left);
        }
        return left;
    }

    private WarmLimits limits(Instant now) {
        return new WarmLimits(
                warm.limits().imagesPerRun(),
                Math.max(0, warm.limits().bytesPerDay() - ports.bytes().of(now)));
    }

    private String prefix(Candidate candidate) {
        return upstreams
                .of(candidate.image().repository())
                .map(Upstream::prefix)
                .orElseThrow();
    }

    /**
     * All that might be ordered.
     *
     * @param cold what the file pins and is not in the cache
     */
    private record Ranking(
            List<Candidate> ranked,
            List<String> notes,
            Map<String, String> pinnedNotWarm,
            Set<ImageReference> cold,
            Survey survey) {
        Planned planned(WarmPlan plan) {
            return new Planned(plan, notes, pinnedNotWarm, survey, Set.of());
        }
    }

    private Ranking rank(Instant now) {
        Survey survey = Survey.of(upstreams, ports, freshness, warm.popular().minimumPulls(), now);
        Set<Tagged> cached = survey.popular().stream()
                .filter(Known::cached)
                .map(Known::image)
                .collect(Collectors.toSet());
        WantedImages.Found found = ports.wanted().at(survey.pulled(), cached, now);
        List<String> notes = new ArrayList<>(found.notes());
        ports.wanted()
                .listed()
                .forEach(repository -> survey.sightings(repository)
                        .flatMap(Sightings::refusal)
                        .ifPresent(why -> notes.add(unread(repository, why))));
        Map<String, String> failing = new HashMap<>();
        found.unmatched()
                .forEach((pin, repository) -> survey.sightings(repository)
                        .flatMap(Sightings::refusal)
                        .ifPresent(why -> failing.put(pin, unread(repository, why))));
        List<Wanted> wanted = new ArrayList<>();
        Set<ImageReference> cold = new HashSet<>();
        survey.expect(found.wants().stream().map(WantedImages.Want::image).toList());
        for (WantedImages.Want want : found.wants()) {
            if (survey.upstream(want.image()).isEmpty()) {
                notes.add(want.image() + " (" + want.why() + ") " + NOT_ALLOWED);
                if (want.reason() == WarmReason.PINNED) {
                    failing.put(want.image().toString(), NOT_ALLOWED);
                }
                continue;
            }
            Known known = survey.known(want.image());
            boolean missed = Candidate.isMissed(want.reason());
            if (missed && known.cached() && (freshness.isFresh(known, now) || !survey.isMissed(want.image()))) {
                continue;
            }
            wanted.add(new Wanted(
                    known, want.reason(), want.asked(), want.asker(), -Math.expm1(-want.pullsPerDay()), want.why()));
            if (want.reason() == WarmReason.PINNED && survey.hasFailed(want.image())) {
                failing(want.image(), failing);
            }
            if (want.reason() == WarmReason.PINNED && !known.cached()) {
                cold.add(want.image());
            }
        }
        List<Successors.Successor> successors = survey.successors(substitutes);
        Map<Tagged, Known> next = successors.stream()
                .map(Successors.Successor::image)
                .filter(image -> survey.upstream(image).isPresent())
                .collect(Collectors.toMap(image -> image, survey::known, (one, other) -> one));
        List<Candidate> all = new ArrayList<>(candidates.among(survey.popular(), wanted, successors, next, now));
        all.addAll(looks.at(survey, found.wants(), next.values(), all, now));
        all.addAll(digests.at(failing, now));
        all.sort(Candidate.BEST_FIRST);
        return new Ranking(all, notes, failing, cold, survey);
    }

    private static String unread(RepositoryName repository, String why) {
        return "the list of tags of " + repository + " was not read: " + why;
    }

    private void failing(ImageReference pin, Map<String, String> failing) {
        PinFailure.of(ports.records(), pin).ifPresent(failure -> failing.put(pin.toString(), failure.reason()));
    }
}
