package dev.larder.local.ecr.lifecycle;

import dev.larder.local.aws.AwsException;

/** The error for a policy that ECR would refuse, in the frame that ECR puts around its own reasons. */
final class BrokenPolicy {
    private BrokenPolicy() {}

    /**
     * @param path JSON path of the place
     * @param found what is there
     * @param expected what belongs there
     */
    static AwsException at(String path, String found, String expected) {
        return new AwsException(
                400,
                "InvalidParameterException",
                "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
                        + "'Lifecycle policy validation failure: " + path + ": found " + found + "; expected "
                        + expected + "'");
    }
}
