package dev.larder.benchmarks.warming;

/**
 * Knows every pull before it comes, and has ECR check and import right before: no pull is cold, and nothing is fetched
 * that nobody pulls. Fewer checks are not possible under ECR's rule of 24 hours.
 */
record Oracle(Ecr ecr) implements Strategy {
    @Override
    public void foresee(int tag, long time) {
        ecr.fetch(tag, time);
    }
}
