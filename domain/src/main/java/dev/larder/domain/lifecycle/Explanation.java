package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All that there is to say of one manifest: where a plan names the first guard that keeps it, this names each.
 *
 * @param rule what the rule matches that holds for its repository
 * @param reason for which it would go
 * @param time so long ago every use of it has to be for that
 * @param verdict of the plan
 * @param keeps all that keeps it, that of the verdict first; empty when it may go
 * @param family where it stands among the versions of its repository
 * @param use what the record says of it
 * @param goesWith what can only go together with it: the index, what that lists, what refers to them
 */
public record Explanation(
        Manifest manifest,
        String rule,
        Reason reason,
        Duration time,
        Verdict verdict,
        List<Verdict.Keep> keeps,
        String family,
        Use use,
        List<Manifest> goesWith) {
    /** Copies the lists. */
    public Explanation {
        keeps = List.copyOf(keeps);
        goesWith = List.copyOf(goesWith);
    }

    /**
     * Explains.
     *
     * @param objections what is known to speak against images beyond the state
     * @param now the time of the decision
     * @throws IllegalArgumentException when the manifest is not in the repository
     */
    public static Explanation of(
            RepositoryState state, Policy policy, Map<Digest, Objection> objections, Digest digest, Instant now) {
        RepositoryPlan plan = RepositoryPlan.of(state, policy, now).objected(objections);
        Relations relations = plan.relations();
        int place = relations.place(digest);
        Ground ground = plan.ground(place);
        Signals signals = new Signals(state, policy, plan.rule(), now);
        Keeps alone = new Keeps(relations.size());
        Families families = Families.keepNewest(plan.rule().keepNewest(), relations, alone);
        List<Verdict.Keep> keeps = new ArrayList<>(signals.all(relations.at(place), ground));
        objection(objections, digest).ifPresent(keeps::add);
        alone.at(place).ifPresent(keeps::add);
        byRelatives(plan, signals, objections, alone, place).ifPresent(keeps::add);
        Verdict verdict = plan.verdict(digest);
        // it may be kept for another one that an objection keeps by now, too
        if (keeps.isEmpty() && verdict instanceof Verdict.Keep keep) {
            keeps.add(keep);
        }
        return new Explanation(
                relations.at(place),
                plan.rule().match(),
                ground.reason(),
                ground.time(),
                verdict,
                keeps,
                alone.at(place)
                        .map(Verdict.Keep::detail)
                        .orElseGet(() -> families.evidence(place).substring("family: ".length())),
                state.use(digest),
                together(relations, place));
    }

    private static Optional<Verdict.Keep> objection(Map<Digest, Objection> objections, Digest digest) {
        return Optional.ofNullable(objections.get(digest))
                .map(said -> new Verdict.Keep(said.guard(), said.detail(), Optional.empty()));
    }

    /** What its relatives would keep it for if nothing else did. */
    private static Optional<Verdict.Keep> byRelatives(
            RepositoryPlan plan, Signals signals, Map<Digest, Objection> objections, Keeps families, int place) {
        Relations relations = plan.relations();
        Keeps others = new Keeps(relations.size());
        for (int other = 0; other < relations.size(); other++) {
            if (other != place) {
                int at = other;
                signals.keep(relations.at(other), plan.ground(other))
                        .or(() -> objection(objections, relations.at(at).digest()))
                        .or(() -> families.at(at))
                        .ifPresent(keep -> others.keep(at, keep));
            }
        }
        new Relatives(relations, others).keep();
        return others.at(place);
    }

    private static List<Manifest> together(Relations relations, int start) {
        TreeSet<Integer> reached = new TreeSet<>(List.of(start));
        Deque<Integer> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            int place = open.pop();
            for (int[] next : relations.around(place)) {
                for (int relative : next) {
                    if (reached.add(relative)) {
                        open.push(relative);
                    }
                }
            }
        }
        reached.remove(start);
        return reached.stream().map(relations::at).toList();
    }
}
