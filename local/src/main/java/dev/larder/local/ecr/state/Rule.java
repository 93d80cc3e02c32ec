package dev.larder.local.ecr.state;

import dev.larder.local.ecr.CacheRule;
import java.time.Instant;
import java.util.Optional;

/**
 * A pull-through cache rule with what only the API shows.
 *
 * @param customRoleArn the role for an upstream that is an ECR registry of another account
 */
public record Rule(CacheRule rule, Optional<String> customRoleArn, Instant createdAt, Instant updatedAt) {}
