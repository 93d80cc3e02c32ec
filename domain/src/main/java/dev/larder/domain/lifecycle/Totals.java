package dev.larder.domain.lifecycle;

/**
 * How much a repository holds, whatever goes.
 *
 * @param images manifests
 * @param tops manifests that are nobody's part ({@link RepositoryPlan#tops()})
 * @param bytes compressed ({@link RepositoryPlan#bytes()})
 */
public record Totals(int images, int tops, long bytes) {
    /** Those of a plan's repository. */
    public static Totals of(RepositoryPlan plan) {
        return new Totals(plan.manifests().size(), plan.tops(), plan.bytes());
    }
}
