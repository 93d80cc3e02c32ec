package dev.larder.domain.desired;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges lifecycle policies. Larder owns the rules whose description starts with {@code larder: }. Rules that people made
 * stay as they are, their numbers too, and go first: an image that one of them selects is out of reach for Larder's.
 *
 * <p>The result keeps to ECR's grammar (user guide, lifecycle_policy_parameters) when what was found does: numbers differ,
 * a rule for any image has the highest, one rule of a storage class is for untagged images, no two share a prefix, and
 * there are at most 50.
 */
public final class LifecyclePolicies {
    private static final int MOST_RULES = 50;
    private static final String RULES = "rules";

    private LifecyclePolicies() {}

    /**
     * What the policy should be.
     *
     * @param found as parsed JSON; empty for none
     * @param wanted as parsed JSON; its rules without Larder's mark do not count; empty for none
     */
    public static Merged merge(Map<String, Object> found, Map<String, Object> wanted) {
        List<LifecycleRule> ours = larders(read(wanted).orElse(List.of()));
        Optional<List<LifecycleRule>> there = read(found);
        if (there.isEmpty()) {
            return new Merged(
                    found,
                    ours.isEmpty()
                            ? List.of()
                            : List.of(new Drift.Conflict(
                                    Field.LIFECYCLE_POLICY,
                                    "a policy that Larder does not understand",
                                    Canonical.texts(json(ours)),
                                    "correct or remove the policy that is there")));
        }
        return merge(found, there.get(), ours);
    }

    /** Whether any rule of a policy is Larder's, or may be. */
    public static boolean hasLarders(Map<String, Object> policy) {
        return read(policy).map(rules -> !larders(rules).isEmpty()).orElse(true);
    }

    private static Merged merge(Map<String, Object> found, List<LifecycleRule> there, List<LifecycleRule> ours) {
        List<LifecycleRule> theirs =
                there.stream().filter(rule -> !rule.isLarders()).toList();
        List<Drift> drifts = new ArrayList<>();
        List<LifecycleRule> placed = new Places(theirs, drifts).place(ours);
        List<Object> gone = json(larders(there));
        List<Object> come = json(placed);
        Set<String> before = texts(gone);
        Set<String> after = texts(come);
        gone.removeIf(rule -> after.contains(Canonical.text(rule)));
        come.removeIf(rule -> before.contains(Canonical.text(rule)));
        if (gone.isEmpty() && come.isEmpty()) {
            return new Merged(found, drifts);
        }
        drifts.add(new Drift.Open(Field.LIFECYCLE_POLICY, Canonical.texts(gone), Canonical.texts(come)));
        List<Object> rules = json(theirs);
        rules.addAll(json(placed));
        Map<String, Object> document = new LinkedHashMap<>(found);
        document.put(RULES, rules);
        return new Merged(rules.isEmpty() ? Map.of() : document, drifts);
    }

    /** Empty when it is not understood. */
    private static Optional<List<LifecycleRule>> read(Map<String, Object> document) {
        if (document.isEmpty()) {
            return Optional.of(List.of());
        }
        if (!(document.get(RULES) instanceof List<?> list)) {
            return Optional.empty();
        }
        List<LifecycleRule> rules = new ArrayList<>();
        Set<Integer> priorities = new HashSet<>();
        for (Object element : list) {
            LifecycleRule.read(element)
                    .filter(rule -> priorities.add(rule.priority()))
                    .ifPresent(rules::add);
        }
        return rules.size() == list.size() ? Optional.of(rules) : Optional.empty();
    }

    private static List<LifecycleRule> larders(List<LifecycleRule> rules) {
        return rules.stream()
                .filter(LifecycleRule::isLarders)
                .sorted(Comparator.comparingInt(LifecycleRule::priority))
                .toList();
    }

    private static List<Object> json(List<LifecycleRule> rules) {
        return new ArrayList<>(rules.stream().map(LifecycleRule::json).toList());
    }

    private static Set<String> texts(List<Object> rules) {
        Set<String> texts = new HashSet<>();
        rules.forEach(rule -> texts.add(Canonical.text(rule)));
        return texts;
    }

    /** Finds numbers for Larder's rules behind those of people, and before theirs for any image. */
    private record Places(List<LifecycleRule> theirs, List<Drift> drifts) {
        List<LifecycleRule> place(List<LifecycleRule> ours) {
            long next = 1 + highest(false);
            long end = theirs.stream()
                    .filter(LifecycleRule::isAny)
                    .mapToLong(LifecycleRule::priority)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            List<LifecycleRule> placed = new ArrayList<>();
            for (LifecycleRule rule : ours) {
                long place = rule.isAny() ? Math.max(next, 1 + highest(true)) : next;
                Optional<String> reason = refusal(rule, theirs.size() + placed.size(), place, end);
                reason.ifPresent(text -> drifts.add(new Drift.Conflict(
                        Field.LIFECYCLE_POLICY, Canonical.texts(json(theirs)), Canonical.text(rule.json()), text)));
                if (reason.isEmpty()) {
                    placed.add(rule.at((int) place));
                    next = place + 1;
                }
            }
            return placed;
        }

        private long highest(boolean any) {
            return theirs.stream()
                    .filter(rule -> any || !rule.isAny())
                    .mapToLong(LifecycleRule::priority)
                    .max()
                    .orElse(0);
        }

        private Optional<String> refusal(LifecycleRule rule, int beside, long place, long end) {
            Optional<String> clash =
                    theirs.stream().flatMap(other -> rule.clash(other).stream()).findFirst();
            if (clash.isPresent()) {
                return clash;
            }
            if (beside >= MOST_RULES) {
                return Optional.of("ECR takes " + MOST_RULES + " rules, which are there");
            }
            if (place >= (rule.isAny() ? Integer.MAX_VALUE : end)) {
                return Optional.of("no number is free behind the rules that are there"
                        + (end == Integer.MAX_VALUE
                                ? ""
                                : " and before rule " + end
                                        + ", which is for any image; give that one a higher number"));
            }
            return Optional.empty();
        }
    }
}
