package dev.larder.benchmarks.warming;

/** Something that runs one image: a service with replicas, or a pipeline. */
final class Workload {
    private final boolean pipeline;
    private final double pullsPerDay;
    private final int replicas;
    private final double reviewDays;
    private final long dies;
    private int tag;

    Workload(int tag, boolean pipeline, double pullsPerDay, int replicas, double reviewDays, long dies) {
        this.tag = tag;
        this.pipeline = pipeline;
        this.pullsPerDay = pullsPerDay;
        this.replicas = replicas;
        this.reviewDays = reviewDays;
        this.dies = dies;
    }

    int tag() {
        return tag;
    }

    void follow(int newer) {
        tag = newer;
    }

    boolean isOver(long now) {
        return dies <= now;
    }

    int replicas() {
        return replicas;
    }

    /** How long it goes, on average, without looking for a new version. */
    double reviewDays() {
        return reviewDays;
    }

    /** Pulls of a day, on average. */
    double pulls(boolean weekend) {
        if (!weekend) {
            return pullsPerDay;
        }
        return pullsPerDay * (pipeline ? 0.1 : 0.6);
    }
}
