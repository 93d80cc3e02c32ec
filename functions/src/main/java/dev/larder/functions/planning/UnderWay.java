package dev.larder.functions.planning;

import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.events.image.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which candidates are ordered already. It looks until it has as many of an upstream that are not as a plan may order: a
 * pattern may match 100,000 tags. What comes after these is left to later plans unseen.
 */
final class UnderWay {
    private final PlanningPorts ports;
    private final int most;
    private final Instant now;
    private final Set<ImageReference> unfinished = new HashSet<>();
    private final List<WarmPlan.Left> later = new ArrayList<>();

    /** @param most images that a plan may order */
    UnderWay(PlanningPorts ports, int most, Instant now) {
        this.ports = ports;
        this.most = most;
        this.now = now;
    }

    /**
     * Those that may be ordered, at what they are known to cost, in the same order.
     *
     * @param passedOver what the plan passes over takes no other's place; of many of them not all are looked at
     */
    List<Candidate> without(
            List<Candidate> ranked, Function<Candidate, String> upstream, Predicate<Candidate> passedOver) {
        List<Candidate> open = new ArrayList<>();
        Map<String, Integer> found = new HashMap<>();
        Map<String, Integer> looked = new HashMap<>();
        for (Candidate candidate : ranked) {
            String prefix = upstream.apply(candidate);
            if (passedOver.test(candidate) && looked.getOrDefault(prefix, 0) >= 2 * most) {
                open.add(candidate);
                continue;
            }
            if (found.getOrDefault(prefix, 0) >= most) {
                later.add(new WarmPlan.Left(
                        candidate, "warm.limits.images: before it are the " + most + " that a plan may order"));
                continue;
            }
            looked.merge(prefix, 1, Integer::sum);
            open(candidate).ifPresent(free -> {
                open.add(free);
                found.merge(prefix, passedOver.test(free) ? 0 : 1, Integer::sum);
            });
        }
        return open;
    }

    /** What was looked at and was ordered before, and of which nobody said that it came to an end. */
    Set<ImageReference> unfinished() {
        return unfinished;
    }

    /** The plan with what was not looked at. */
    WarmPlan with(WarmPlan plan) {
        List<WarmPlan.Left> left = new ArrayList<>(plan.left());
        left.addAll(later);
        return new WarmPlan(plan.orders(), left, plan.dear(), plan.buckets(), plan.bytes());
    }

    private Optional<Candidate> open(Candidate candidate) {
        PlannedOrders.Last last = ports.planned().last(candidate.image(), now);
        if (last.unfinished()) {
            unfinished.add(candidate.image());
        }
        if (last.underWay() || ports.leases().heldAt(candidate.image(), now)) {
            return Optional.empty();
        }
        if (last.cost().isEmpty() || candidate.price().isFree()) {
            return Optional.of(candidate);
        }
        int known = last.cost().getAsInt();
        return Optional.of(candidate.costing(
                candidate.price().guessed()
                        ? known
                        : Math.max(known, candidate.price().tokens())));
    }
}
