package dev.larder.local.ecr.api;

import java.util.Set;

/** What CloudTrail's {@code readOnly} says of an action. */
final class ReadOnly {
    /** EventBridge's list of read-only management events for ECR names the Batch ones (ecr-facts 3.4). */
    private static final Set<String> OTHERS = Set.of(
            "BatchGetImage",
            "BatchCheckLayerAvailability",
            "BatchGetRepositoryScanningConfiguration",
            "ValidatePullThroughCacheRule");

    private ReadOnly() {}

    static boolean is(String action) {
        return action.startsWith("Describe")
                || action.startsWith("List")
                || action.startsWith("Get")
                || OTHERS.contains(action);
    }
}
