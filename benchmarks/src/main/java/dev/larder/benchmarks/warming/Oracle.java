package dev.larder.benchmarks.warming;

/**
 * Knows every pull before it comes, and has ECR check and import right before: no pull is cold, and nothing is fetched
 * that nobody pulls. Less is not possible under ECR's rule of 24 hours.
 */
record Oracle(Ecr ecr) implements Strategy {
    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public long wakes() {
        return Long.MAX_VALUE;
    }

    @Override
    public void act(long now) {
        throw new IllegalStateException("nobody asked for " + now);
    }

    @Override
    public void foresee(int tag, long time) {
        ecr.fetch(tag, time);
    }
}
