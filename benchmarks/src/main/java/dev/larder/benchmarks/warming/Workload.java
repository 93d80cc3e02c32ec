package dev.larder.benchmarks.warming;

/** Something that runs one image: a service with replicas, or a pipeline. */
final class Workload {
    final int repository;
    final boolean ci;
    final double pullsPerDay;
    final int replicas;
    final double reviewDays;
    final long dies;
    int tag;

    Workload(int repository, int tag, boolean ci, double pullsPerDay, int replicas, double reviewDays, long dies) {
        this.repository = repository;
        this.tag = tag;
        this.ci = ci;
        this.pullsPerDay = pullsPerDay;
        this.replicas = replicas;
        this.reviewDays = reviewDays;
        this.dies = dies;
    }
}
