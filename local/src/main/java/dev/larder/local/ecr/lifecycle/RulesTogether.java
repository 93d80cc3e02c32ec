package dev.larder.local.ecr.lifecycle;

import dev.larder.local.ecr.lifecycle.TagRequirement.Any;
import dev.larder.local.ecr.lifecycle.TagRequirement.Prefixes;
import dev.larder.local.ecr.lifecycle.TagRequirement.Untagged;
import java.util.List;

/**
 * What the rules of a policy must not be to each other. Rules of different storage classes share nothing but the
 * numbering of priorities: ECR's own example has a rule for any standard image before one for any archived image.
 */
final class RulesTogether {
    private RulesTogether() {}

    /** @param rules in the order of the text, by which the paths of the messages count */
    static void check(List<Rule> rules) {
        for (int later = 0; later < rules.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                checkPriorities(rules, earlier, later);
                if (rules.get(earlier).archived() == rules.get(later).archived()) {
                    checkUntagged(rules, earlier, later);
                    checkPrefixes(rules, earlier, later);
                    checkAnyIsLast(rules, earlier, later);
                    checkAnyIsLast(rules, later, earlier);
                }
            }
        }
    }

    private static void checkPriorities(List<Rule> rules, int earlier, int later) {
        int priority = rules.get(later).priority();
        if (rules.get(earlier).priority() == priority) {
            throw BrokenPolicy.at(
                    path(later) + ".rulePriority",
                    priority + ", which " + path(earlier) + " has too",
                    "a number of its own for each rule");
        }
    }

    private static void checkUntagged(List<Rule> rules, int earlier, int later) {
        if (rules.get(earlier).tags() instanceof Untagged && rules.get(later).tags() instanceof Untagged) {
            throw BrokenPolicy.at(
                    path(later) + ".selection.tagStatus",
                    "\"untagged\", which " + path(earlier) + " selects too",
                    "one rule for untagged images of storage class "
                            + rules.get(later).storageClass());
        }
    }

    private static void checkPrefixes(List<Rule> rules, int earlier, int later) {
        if (rules.get(earlier).tags() instanceof Prefixes before
                && rules.get(later).tags() instanceof Prefixes after) {
            for (String prefix : after.prefixes()) {
                if (before.prefixes().contains(prefix)) {
                    throw BrokenPolicy.at(
                            path(later) + ".selection.tagPrefixList",
                            '"' + prefix + "\", which " + path(earlier) + " has too",
                            "each prefix in one rule of storage class "
                                    + rules.get(later).storageClass());
                }
            }
        }
    }

    private static void checkAnyIsLast(List<Rule> rules, int any, int other) {
        if (rules.get(any).tags() instanceof Any
                && rules.get(any).priority() < rules.get(other).priority()) {
            throw BrokenPolicy.at(
                    path(any) + ".rulePriority",
                    rules.get(any).priority() + " with tagStatus any, before " + path(other) + " with "
                            + rules.get(other).priority(),
                    "the highest number of all rules of storage class "
                            + rules.get(any).storageClass());
        }
    }

    private static String path(int index) {
        return "$.rules[" + index + "]";
    }
}
