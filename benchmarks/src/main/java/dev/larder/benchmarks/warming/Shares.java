package dev.larder.benchmarks.warming;

/**
 * What a demand is like.
 *
 * @param workloads at any time
 * @param latest of them follow {@code latest}; this and the next four add up to 1
 * @param major such as {@code 1}
 * @param minor such as {@code 1.27}
 * @param exact such as {@code 1.27.3}
 * @param variant such as {@code 1.27-alpine}
 * @param zipf exponent of the repositories' popularity
 * @param ci of the workloads are pipelines, on a fresh machine each time
 * @param nodeDays how long a node lives, on average: each of a service's pods is pulled anew so often
 * @param quickDays 40 % of the workloads take a new version after so many days, on average; 40 % after four times, 20 %
 *     after fifteen times as many
 * @param lifeDays how long a workload lives, on average
 */
public record Shares(
        int workloads,
        double latest,
        double major,
        double minor,
        double exact,
        double variant,
        double zipf,
        double ci,
        double nodeDays,
        double quickDays,
        double lifeDays) {
    /** The demand if nothing else is said: a platform team's clusters. */
    public static final Shares DEFAULT = new Shares(500, 0.15, 0.15, 0.2, 0.3, 0.2, 1.0, 0.15, 3, 2, 270);
}
