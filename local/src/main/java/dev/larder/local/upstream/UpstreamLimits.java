package dev.larder.local.upstream;

import java.time.Duration;

/**
 * How long to wait for an upstream, and how much to take from it.
 *
 * @param connect for a connection
 * @param answer from a request to the head of its answer
 * @param stall without a byte while a body is read
 * @param manifestBytes the largest manifest; ECR's limit is 4 MiB (ecr-facts 1.6)
 */
public record UpstreamLimits(Duration connect, Duration answer, Duration stall, int manifestBytes) {
    /** 5 s, 30 s, 30 s, 4 MiB. */
    public static final UpstreamLimits DEFAULT =
            new UpstreamLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), 4 << 20);
}
