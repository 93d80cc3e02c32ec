package dev.larder.functions.warm;

import dev.larder.config.Upstream;
import dev.larder.config.Warm;
import dev.larder.domain.warming.Backoff;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Candidates;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.table.TaggedImage;
import dev.larder.functions.upstream.UpstreamFunds;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.upstream.UpstreamStates;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans what to warm now: loads what is known, lets the domain decide, and takes the cost off the budgets. */
public final class WarmPlanning {
    private static final int TRIES = 5;

    private final Upstreams upstreams;
    private final Warm warm;
    private final ImageRecords records;
    private final UpstreamStates states;
    private final WarmLeases leases;
    private final RecentPulls pulls;
    private final Candidates candidates;

    /** Takes the settings and the ports. */
    public WarmPlanning(
            Upstreams upstreams,
            Warm warm,
            ImageRecords records,
            UpstreamStates states,
            WarmLeases leases,
            RecentPulls pulls) {
        this.upstreams = upstreams;
        this.warm = warm;
        this.records = records;
        this.states = states;
        this.leases = leases;
        this.pulls = pulls;
        this.candidates = new Candidates(
                pins(), warm.popular().minimumPulls(), warm.popular().within(), LookAhead.of(warm.schedule()));
    }

    private Set<Tagged> pins() {
        return warm.pins().stream()
                .filter(pin -> !pin.contains("*") && !pin.contains("@"))
                .map(ImageReference::parse)
                .filter(Tagged.class::isInstance)
                .map(Tagged.class::cast)
                .collect(Collectors.toSet());
    }

    /**
     * The plan of each upstream, by prefix; the budget as it would be, nothing spent.
     *
     * @param now the time of the plan
     */
    public Map<String, WarmPlan> plan(Instant now) {
        Map<String, WarmPlan> plans = new LinkedHashMap<>();
        candidates(now).forEach((upstream, ranked) -> {
            UpstreamState state = states.of(upstream.prefix());
            plans.put(upstream.prefix(), WarmPlan.of(ranked, UpstreamFunds.of(upstream, state, now), now));
        });
        return plans;
    }

    /** The plan of each upstream, by prefix, its cost taken off the budget: what is ordered is paid. */
    public Map<String, WarmPlan> spend(Instant now) {
        Map<String, WarmPlan> plans = new LinkedHashMap<>();
        candidates(now).forEach((upstream, ranked) -> plans.put(upstream.prefix(), spend(upstream, ranked, now)));
        return plans;
    }

    private WarmPlan spend(Upstream upstream, List<Candidate> ranked, Instant now) {
        for (int i = 0; i < TRIES; i++) {
            UpstreamState state = states.of(upstream.prefix());
            WarmPlan plan = WarmPlan.of(ranked, UpstreamFunds.of(upstream, state, now), now);
            boolean paid = plan.orders().isEmpty()
                    || plan.bucket()
                            .map(bucket -> new UpstreamFunds(states).spent(upstream, state, bucket))
                            .orElse(true);
            if (paid) {
                return plan;
            }
        }
        throw new IllegalStateException("could not take the cost of a plan off the budget of " + upstream.prefix()
                + ": it changed " + TRIES + " times while it was being written");
    }

    private Map<Upstream, List<Candidate>> candidates(Instant now) {
        List<TaggedImage> popular =
                new TopImages(upstreams.all(), records).top(warm.popular().top());
        Map<Tagged, TaggedImage> images = new LinkedHashMap<>();
        popular.forEach(image -> images.put(image.image(), image));
        pins().forEach(pin -> images.computeIfAbsent(
                pin, image -> records.tagged(image).orElseGet(() -> TaggedImage.unknown(image))));
        List<Known> known = images.values().stream()
                .filter(image -> !leases.heldAt(image.image(), now))
                .map(image -> known(image, now))
                .toList();
        List<Candidate> ranked = candidates.among(known, now);
        Map<Upstream, List<Candidate>> byUpstream = new LinkedHashMap<>();
        for (Upstream upstream : upstreams.all()) {
            byUpstream.put(
                    upstream,
                    ranked.stream()
                            .filter(candidate -> belongs(candidate.image(), upstream))
                            .toList());
        }
        return byUpstream;
    }

    private boolean belongs(Tagged image, Upstream upstream) {
        return upstreams.of(image.repository()).filter(upstream::equals).isPresent()
                && Upstreams.allows(upstream, image.repository());
    }

    private Known known(TaggedImage image, Instant now) {
        RecentPulls.Recent recent =
                pulls.of(image.image(), now.minus(warm.popular().within()), now);
        return new Known(
                image.image(),
                image.digest().isPresent(),
                image.checkedAt(),
                recent.last(),
                recent.pulls(),
                image.popularity(),
                image.lastWarmFailureAt().map(at -> new Backoff(Math.max(1, image.warmFailures()), at)),
                image.digest()
                        .flatMap(digest -> records.manifest(image.image().repository(), digest))
                        .map(WarmPlanning::cost)
                        .orElse(Known.UNKNOWN_COST));
    }

    /** Attestations are counted with the images: the upstream is asked for them as well. */
    private static int cost(StoredManifest manifest) {
        return Math.max(
                1, Math.max(manifest.children().size(), manifest.platforms().size()));
    }

    /** All the orders of some plans, the plans one after the other. */
    static Stream<Candidate> orders(Map<String, WarmPlan> plans) {
        return plans.values().stream().flatMap(plan -> plan.orders().stream());
    }
}
