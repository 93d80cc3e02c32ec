package dev.larder.functions.planning;

import dev.larder.domain.upstream.Saving;
import dev.larder.domain.upstream.TokenBucket;
import dev.larder.domain.warming.Candidate;
import dev.larder.domain.warming.WarmPlan;
import dev.larder.functions.upstream.UpstreamState;
import dev.larder.functions.upstream.UpstreamStates;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Saves an upstream's budget for an image that is paid only after a window in which nothing was spent. */
final class Savings {
    private final UpstreamStates states;
    private final Duration plans;

    /** @param plans the longest time between two plans */
    Savings(UpstreamStates states, Duration plans) {
        this.states = states;
        this.plans = plans;
    }

    /**
     * In the order of their claims, and of each claim what is saved for before the others. What is saved for and the file asks
     * for goes before all: whatever else is spent would begin its window anew.
     *
     * @param ranked the best first
     * @param upstreams by prefix
     */
    static List<Candidate> first(List<Candidate> ranked, Map<String, UpstreamState> upstreams, Instant now) {
        Set<String> saved = upstreams.values().stream()
                .flatMap(state -> state.saving().stream())
                .filter(saving -> saving.isOn(now))
                .map(Saving::image)
                .collect(Collectors.toSet());
        return ranked.stream()
                .sorted(Comparator.comparing(
                                (Candidate candidate) -> candidate.isOfTheFile() && saved.contains(name(candidate)),
                                Comparator.reverseOrder())
                        .thenComparing(Candidate.byClaim(now))
                        .thenComparing(candidate -> saved.contains(name(candidate)), Comparator.reverseOrder()))
                .toList();
    }

    /**
     * Begins to save for what a plan has waiting, and ends it for what was ordered, or is not wanted any more.
     *
     * @param upstreams by prefix
     */
    void after(WarmPlan plan, Map<String, UpstreamState> upstreams, Instant now) {
        Set<String> waiting =
                plan.left().stream().map(left -> name(left.candidate())).collect(Collectors.toSet());
        upstreams.forEach((prefix, state) -> {
            Optional<Saving> last = state.saving();
            Candidate dear = plan.dear().get(prefix);
            if (last.filter(saving -> saving.isOn(now)).isPresent()) {
                last.filter(saving -> !waiting.contains(saving.image()))
                        .ifPresent(saving -> states.saving(prefix, saving.ended(now)));
            } else if (dear != null) {
                TokenBucket bucket = Objects.requireNonNull(plan.buckets().get(prefix));
                Saving.begin(last, name(dear), bucket.window(), plans, now)
                        .ifPresent(saving -> states.saving(prefix, saving));
            }
        });
    }

    private static String name(Candidate candidate) {
        return candidate.image().toString();
    }
}
