package dev.larder.domain.lifecycle;

import java.time.Instant;
import java.util.Optional;

/** What a plan of a repository rests on: all that is known of it, and what keeps each manifest for itself. */
final class Basis {
    final RepositoryState state;
    final Policy policy;
    final Instant now;
    final EvictionRule rule;
    final Relations relations;
    final Ground[] grounds;
    final Keeps own;

    private Basis(
            RepositoryState state,
            Policy policy,
            Instant now,
            EvictionRule rule,
            Relations relations,
            Ground[] grounds,
            Keeps own) {
        this.state = state;
        this.policy = policy;
        this.now = now;
        this.rule = rule;
        this.relations = relations;
        this.grounds = grounds;
        this.own = own;
    }

    /** By the rule alone. */
    static Basis of(RepositoryState state, Policy policy, Instant now) {
        EvictionRule rule = policy.ruleOf(state.repository());
        Relations relations = new Relations(state.manifests());
        Ground[] grounds = Grounds.of(state, relations, rule);
        Signals signals = new Signals(state, policy, rule, now);
        Keeps own = new Keeps(relations.size());
        for (int place = 0; place < relations.size(); place++) {
            Optional<Verdict.Keep> keep = signals.keep(relations.at(place), grounds[place]);
            if (keep.isPresent()) {
                own.keep(place, keep.get());
            }
        }
        return new Basis(state, policy, now, rule, relations, grounds, own);
    }

    /** By the time of an exceeded quota, for those that stay without it. */
    Basis under(Quota quota, Keeps without) {
        Signals signals = signals(state, now);
        Ground[] under = grounds.clone();
        Keeps with = new Keeps(relations.size());
        for (int place = 0; place < relations.size(); place++) {
            Optional<Verdict.Keep> keep = own.at(place);
            if (without.stays(place)) {
                under[place] = grounds[place].under(quota);
            }
            if (keep.isPresent() && isATime(keep.get().guard())) {
                keep = signals.keep(relations.at(place), under[place]);
            }
            if (keep.isPresent()) {
                with.keep(place, keep.get());
            }
        }
        return new Basis(state, policy, now, rule, relations, under, with);
    }

    /** Whether a shorter time may end the guard. */
    private static boolean isATime(Guard guard) {
        return switch (guard) {
            case RECORD_TOO_YOUNG, PULLED, PUSHED, WARMED, SUPERSEDED_LATELY -> true;
            case NOT_CACHED, UNKNOWN, PINNED, PROTECTED, NEWEST_OF_FAMILY, IN_USE, IN_USE_UNREADABLE -> false;
            case REPLICATING, GONE_UPSTREAM, UPSTREAM_UNCHECKED, LIMIT -> false;
            case LISTED, CHILD_IN_USE, SUBJECT_STAYS, REFERRER_STAYS, MAYBE_LISTED, CIRCLE -> false;
        };
    }

    /** What looks at each manifest alone, by the same rule. */
    Signals signals(RepositoryState then, Instant at) {
        return new Signals(then, policy, rule, at);
    }
}
