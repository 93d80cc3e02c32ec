package dev.larder.domain.lifecycle;

/**
 * How much a repository holds in ECR's standard storage, whatever goes. What is in its archive can neither be pulled nor
 * evicted: it makes no quota fuller, and no share larger.
 *
 * @param images manifests
 * @param tops manifests that are nobody's part ({@link RepositoryPlan#tops()})
 * @param bytes compressed ({@link RepositoryPlan#bytes()})
 */
public record Totals(int images, int tops, long bytes) {
    /** Those of a plan's repository. */
    public static Totals of(RepositoryPlan plan) {
        return new Totals(plan.images(), plan.tops(), plan.bytes());
    }
}
