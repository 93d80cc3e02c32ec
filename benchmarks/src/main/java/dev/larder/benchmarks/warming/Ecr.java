package dev.larder.benchmarks.warming;

import java.util.Arrays;
import java.util.BitSet;

/**
 * ECR's rules: a tag whose last check is younger than 24 hours is served as it is; another is compared with the upstream by
 * a HEAD when it is pulled, and imported when it moved; one that is not cached is imported. An import fetches the index and
 * each image that is not there, of all platforms (user guide, "pull through cache"). It counts what that costs.
 *
 * <p>Assumed: an import takes no time and never fails; ECR keeps whatever it imported for ever; the HEAD of a check counts as
 * a request, and an import that follows it as the index, one manifest for each platform and one for its attestation; blobs are not counted.
 */
final class Ecr {
    /** What a fetch met. */
    enum Outcome {
        /** In the cache, and what the upstream has. */
        FRESH,
        /** In the cache, while the upstream has something newer. */
        OUTDATED,
        /** ECR asked the upstream, and had it. */
        CHECKED,
        /** ECR imported. */
        IMPORTED;

        /** Whether the client waited for the upstream. */
        boolean cold() {
            return this == CHECKED || this == IMPORTED;
        }
    }

    /** For so many seconds ECR trusts its last check. */
    static final long FRESH_FOR = 86_400;

    private static final int NONE = -1;

    private final World world;
    private final int[] upstream;
    private final int[] cached;
    private final long[] checkedAt;
    private final BitSet present;
    private final BitSet used;
    private long heads;
    private long manifests;
    private long bytes;

    Ecr(World world) {
        this.world = world;
        upstream = none(world.tags());
        cached = none(world.tags());
        checkedAt = new long[world.tags()];
        present = new BitSet(world.builds());
        used = new BitSet(world.builds());
    }

    private static int[] none(int length) {
        int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    /** The upstream changes. What it does not build any more stays there as it is. */
    void change(int tag, TagChanges.Kind kind, int build) {
        if (kind != TagChanges.Kind.REMOVED) {
            upstream[tag] = build;
        }
    }

    /** What the upstream has under a tag, -1 for nothing. */
    int upstream(int tag) {
        return upstream[tag];
    }

    /** What the cache has under a tag, -1 for nothing. */
    int cached(int tag) {
        return cached[tag];
    }

    /** Whether the cache has a build, under whatever tag. */
    boolean isPresent(int build) {
        return present.get(build);
    }

    /** A client's pull. */
    Outcome pull(int tag, long time) {
        Outcome outcome = fetch(tag, time);
        used.set(cached[tag]);
        return outcome;
    }

    /**
     * Anybody's fetch, Larder's too.
     *
     * @throws IllegalStateException when the upstream has no such tag
     */
    Outcome fetch(int tag, long time) {
        if (cached[tag] != NONE && time < checkedAt[tag] + FRESH_FOR) {
            return cached[tag] == upstream[tag] ? Outcome.FRESH : Outcome.OUTDATED;
        }
        if (cached[tag] != NONE) {
            heads++;
        }
        checkedAt[tag] = time;
        if (cached[tag] == upstream[tag] && cached[tag] != NONE) {
            return Outcome.CHECKED;
        }
        bring(tag);
        return Outcome.IMPORTED;
    }

    /**
     * A tag is put on a build that is there, which asks nothing of the upstream.
     *
     * @throws IllegalArgumentException when it is not there
     */
    void put(int tag, int build, long time) {
        if (!present.get(build)) {
            throw new IllegalArgumentException(
                    world.tag(tag).image() + " is to be put on an image that is not in the cache");
        }
        checkedAt[tag] = time;
        cached[tag] = build;
    }

    private void bring(int tag) {
        int build = upstream[tag];
        if (build == NONE) {
            throw new IllegalStateException(
                    "the upstream has no " + world.tag(tag).image() + " yet");
        }
        manifests++;
        if (!present.get(build)) {
            BuildFacts facts = world.build(build);
            manifests += facts.images();
            bytes += facts.bytes();
            present.set(build);
        }
        cached[tag] = build;
    }

    /** How often ECR asked what a tag points at. */
    long heads() {
        return heads;
    }

    /** Manifests that ECR fetched: what Docker Hub counts. */
    long manifests() {
        return manifests;
    }

    /** Bytes that ECR imported. */
    long bytes() {
        return bytes;
    }

    /** Bytes of builds that were imported, and of which no client ever pulled a tag. */
    long bytesNeverPulled() {
        return present.stream()
                .filter(build -> !used.get(build))
                .mapToLong(build -> world.build(build).bytes())
                .sum();
    }
}
