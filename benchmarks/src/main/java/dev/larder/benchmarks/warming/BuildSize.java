package dev.larder.benchmarks.warming;

import java.util.List;
import java.util.Random;

/**
 * The size of a build. A record of changes has none, so it is drawn, from nothing but the record's own text: some 40 MB for
 * each platform, a third of that for alpine and slim ones, between a fifth and five times that from repository to
 * repository. Builds share no layers with each other; those of one repository in truth often do.
 */
final class BuildSize {
    private static final double MEDIAN_BYTES = 40e6;
    private static final double MOST = 5;

    private BuildSize() {}

    /**
     * The bytes of all platforms together.
     *
     * @param tag one of those that point at the build
     */
    static long of(String repository, String tag, List<String> platforms) {
        double factor = Math.exp(new Random(repository.hashCode()).nextGaussian());
        boolean small = tag.contains("alpine") || tag.contains("slim");
        double one = MEDIAN_BYTES * Math.clamp(factor, 1 / MOST, MOST) * (small ? 1.0 / 3 : 1);
        return (long) (one * platforms.size());
    }
}
