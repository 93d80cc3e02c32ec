package dev.larder.config;

import java.util.regex.Pattern;

/** The prefixes of cache rules, by the pattern of {@code PullThroughCacheRuleRepositoryPrefix} in ECR's API model. */
final class Prefixes {
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private Prefixes() {}

    /** Adds a problem for each key that cannot be a prefix, hides another one, or is one too many. */
    static void check(Section upstreams) {
        int count = 0;
        for (var upstream : upstreams.keys().entrySet()) {
            String prefix = upstream.getKey();
            Entry key = upstream.getValue();
            checkShape(prefix, key);
            upstreams.keys().keySet().stream()
                    .filter(other -> prefix.startsWith(other + "/"))
                    .findFirst()
                    .ifPresent(other -> key.problem(
                            "the prefix " + Shown.quoted(prefix) + " inside the prefix " + Shown.quoted(other),
                            "prefixes side by side: a repository under " + prefix
                                    + "/ would belong to both, and one rule would hide the other"));
            if (++count == AwsLimits.RULES_PER_REGISTRY + 1) {
                key.problem(
                        upstreams.keys().size() + " upstreams",
                        "at most " + AwsLimits.RULES_PER_REGISTRY + ": ECR has no more cache rules in a registry");
            }
        }
    }

    private static void checkShape(String prefix, Entry key) {
        String found = "the prefix " + Shown.quoted(prefix);
        if (prefix.equals("ROOT")) {
            key.problem(
                    found,
                    "a prefix of its own: ROOT would make every repository of the account a cached one, "
                            + "and Larder deletes only what is under a prefix");
        } else if (prefix.endsWith("/") && prefix.length() > 1) {
            key.problem(found, "a prefix without the slash at the end: ECR adds it");
        } else if (prefix.length() < AwsLimits.PREFIX_MIN
                || prefix.length() > AwsLimits.PREFIX_MAX
                || !PREFIX.matcher(prefix).matches()) {
            key.problem(
                    found,
                    AwsLimits.PREFIX_MIN + " to " + AwsLimits.PREFIX_MAX
                            + " characters: lower-case words joined by . _ __ or dashes, and / between namespaces");
        }
    }
}
