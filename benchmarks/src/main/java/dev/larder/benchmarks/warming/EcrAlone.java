package dev.larder.benchmarks.warming;

/** Nobody keeps the cache. */
final class EcrAlone implements Strategy {
    @Override
    public String name() {
        return "ECR alone";
    }

    @Override
    public long wakes() {
        return Long.MAX_VALUE;
    }

    @Override
    public void act(long now) {
        throw new IllegalStateException("nobody asked for " + now);
    }
}
