package dev.larder.benchmarks.warming;

import dev.larder.domain.upstream.Share;
import dev.larder.domain.upstream.Tariff;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.Candidates;
import dev.larder.domain.warming.Freshness;
import dev.larder.domain.warming.Growth;
import dev.larder.domain.warming.Known;
import dev.larder.domain.warming.Popular;
import dev.larder.domain.warming.Sightings;
import dev.larder.domain.warming.Successors;
import dev.larder.domain.warming.WarmLimits;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Larder's planner, as it decides in an account: every quarter of an hour, with what its record would have, nothing pinned
 * and nothing tracked. Its orders are carried out to the second, and its worker asks the upstream by HEAD what the real one
 * asks: what was imported is compared, what has no room in the budget to have grown is looked at before, and so is what is to
 * be refreshed, unless the lookout has just seen it.
 */
final class Larder implements Strategy {
    private static final Duration PERIOD = Duration.ofMinutes(15);

    /** The limits that hold when the file says nothing; a day's bytes are allowed to each plan. */
    private static final WarmLimits LIMITS = new WarmLimits(500, 500_000_000_000L);

    private static final long MINIMUM_PULLS = 2;
    private static final Duration POPULAR_WITHIN = Duration.ofDays(14);

    /**
     * What can be set.
     *
     * @param top at most so many popular images
     * @param share of the upstream's limit; absent for no limit
     */
    record Settings(int top, double leastWorth, Optional<Share> share) {}

    private final Ecr ecr;
    private final World world;
    private final int top;
    private final Candidates candidates;
    private final Calibration calibration;
    private final Watches watches;
    private final Lookout lookout;
    private final Followers followers;
    private final Refresh refresh;
    private final Purse purse;
    private final Orders orders = new Orders();
    private final Map<Integer, Integer> dear = new HashMap<>();
    private long plans;
    private long looks;

    Larder(World world, Ecr ecr, Settings settings, Calibration calibration) {
        this.world = world;
        this.ecr = ecr;
        this.calibration = calibration;
        top = settings.top();
        candidates = new Candidates(
                new Popular(settings.top(), MINIMUM_PULLS, POPULAR_WITHIN),
                new Freshness(PERIOD),
                settings.leastWorth());
        watches = new Watches(world, ecr);
        lookout = new Lookout(world, ecr, watches);
        refresh = new Refresh(world, ecr, watches, lookout);
        followers = new Followers(world, watches, lookout, MINIMUM_PULLS);
        purse = new Purse(settings.share(), world.begins());
        plans = world.begins().plus(PERIOD).getEpochSecond();
    }

    @Override
    public long requests() {
        return lookout.requests() + refresh.requests() + looks;
    }

    @Override
    public long wakes() {
        return Math.min(plans, orders.next());
    }

    @Override
    public void act(long now) {
        if (orders.next() <= now) {
            carryOut(orders.remove(), now);
        } else {
            plan(now);
            plans += PERIOD.toSeconds();
        }
    }

    private void plan(long now) {
        Instant at = Instant.ofEpochSecond(now);
        watches.all().forEach(watch -> watch.settle(now));
        Map<Tagged, Known> known = new HashMap<>();
        List<Successors.Successor> successors = new ArrayList<>();
        followers.at(at, lookout.look(at)).forEach(follower -> {
            Watch watch = watches.of(follower.tag());
            if (isOpen(watch, now)) {
                known.put(follower.successor().image(), watch.known());
                successors.add(follower.successor());
            }
        });
        List<Candidate> ranked = candidates.among(considered(now), List.of(), successors, known, at).stream()
                .map(this::priced)
                .toList();
        WarmPlan plan = WarmPlan.of(ranked, candidate -> World.PREFIX, purse.funds(), LIMITS, at);
        purse.paid(plan);
        plan.orders().forEach(candidate -> order(candidate, now));
    }

    /**
     * All images that are not ordered already. Those with nothing to do before the next plan are left out where that cannot
     * change what the planner decides, which is so unless more are popular than may be: then they take places.
     */
    private List<Known> considered(long now) {
        long since = now - POPULAR_WITHIN.toSeconds();
        long popular = watches.all().stream()
                .filter(watch -> watch.wasPulledSince(since))
                .count();
        List<Known> considered = new ArrayList<>();
        for (Watch watch : watches.all()) {
            if (popular > top ? !orders.has(watch.tag()) : isOpen(watch, now)) {
                considered.add(watch.known());
            }
        }
        return considered;
    }

    /** Whether there may be something to do for an image before the next plan. */
    private boolean isOpen(Watch watch, long now) {
        return !orders.has(watch.tag()) && !watch.restsUntil(now + PERIOD.toSeconds());
    }

    private void order(Candidate candidate, long now) {
        // a second later than the check runs out, since times here are whole seconds
        long time = Math.max(now, candidate.notBefore().getEpochSecond()) + 1;
        orders.add(new Orders.Order(time, world.number((Tagged) candidate.image()), candidate));
    }

    private void carryOut(Orders.Order order, long now) {
        int tag = order.tag();
        Instant at = Instant.ofEpochSecond(now);
        long before = ecr.manifests();
        int had = ecr.cached(tag);
        int paid = order.candidate().price().tokens();
        int planned = order.candidate().price().most();
        boolean refresh = order.candidate().refresh();
        boolean room = purse.holds(planned - paid + Growth.tokens(had >= 0, planned, Tariff.MANIFESTS), at);
        boolean there = ecr.isPresent(ecr.upstream(tag));
        boolean seen = watches.of(tag).hasSeen(ecr.upstream(tag), now - Sightings.RECENT.toSeconds());
        if (!room && isTooDear(tag, paid, at)) {
            return;
        }
        boolean checked = !refresh || this.refresh.forward(tag, seen, now);
        if (!refresh) {
            ecr.fetch(tag, now);
            boolean compared = ecr.cached(tag) != had && !there && !seen;
            looks += !room || compared ? 1 : 0;
        }
        purse.settle(paid, (int) (ecr.manifests() - before), at);
        dear.remove(tag);
        if (checked) {
            watches.of(tag).checked(now);
        } else {
            watches.of(tag).left();
        }
        if (had >= 0) {
            calibration.predicts(tag, order.candidate().saves(), now);
            if (had != ecr.cached(tag)) {
                lookout.moved(tag, had, at);
            }
        }
    }

    /** What has moved is read where there is little left, and waits until there is as much as it costs. */
    private boolean isTooDear(int tag, int paid, Instant now) {
        int build = ecr.upstream(tag);
        if (build == ecr.cached(tag) || ecr.isPresent(build)) {
            return false;
        }
        int cost = 1 + world.build(build).images();
        // its length bounds it
        if (purse.holds(Math.max(0, cost + cost / 4 - paid), now)) {
            return false;
        }
        if (purse.holds(Math.max(0, 1 + cost - paid), now)) {
            purse.settle(0, 1, now);
            looks++;
            return false;
        }
        looks += 2;
        purse.settle(paid, 1, now);
        dear.put(tag, cost);
        return true;
    }

    /** What was found to be dearer than thought is paid at its price. */
    private Candidate priced(Candidate candidate) {
        Integer cost = dear.get(world.number((Tagged) candidate.image()));
        return cost == null
                ? candidate
                : candidate.costing(Math.max(cost, candidate.price().tokens()));
    }

    @Override
    public void pulled(int tag, long time, Ecr.Outcome outcome) {
        calibration.pulled(tag, time);
        Watch watch = watches.of(tag);
        watch.pulled(time);
        if (outcome == Ecr.Outcome.IMPORTED) {
            int from = watch.seen();
            watch.checked(time);
            if (from >= 0) {
                lookout.moved(tag, from, Instant.ofEpochSecond(time));
            }
        }
    }
}
