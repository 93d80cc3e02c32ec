package dev.larder.config;

/** Limits that AWS sets and Larder checks before a deploy does. Source: ECR's API model and service quotas. */
public final class AwsLimits {
    /** Pull-through cache rules in a registry; not adjustable. */
    public static final int RULES_PER_REGISTRY = 50;

    /** Characters of a rule's prefix, at least. */
    public static final int PREFIX_MIN = 2;

    /** Characters of a rule's prefix, at most. */
    public static final int PREFIX_MAX = 30;

    /** Principals excluded from pull times, in an account (ECR user guide, pull-time update exclusions). */
    public static final int PULL_TIME_EXCLUSIONS = 100;

    /** Bytes of all environment variables of a Lambda function together. */
    public static final int LAMBDA_ENVIRONMENT_BYTES = 4096;

    /** Characters of a role's name, at most: {@code RoleName} in IAM's API. */
    public static final int ROLE_NAME = 64;

    /** Rules of a lifecycle policy. */
    public static final int LIFECYCLE_RULES = 50;

    /** Characters of a lifecycle policy. */
    public static final int LIFECYCLE_POLICY_CHARACTERS = 30_720;

    /** Characters of a repository policy. */
    public static final int REPOSITORY_POLICY_CHARACTERS = 10_240;

    private AwsLimits() {}
}
