package dev.larder.benchmarks.warming;

import java.util.Arrays;
import java.util.BitSet;

/**
 * ECR's rules (ecr-facts 2): a tag whose last check is younger than 24 hours is served as it is; another is compared by a
 * HEAD, and imported when it moved; one that is not cached is imported. An import fetches the index and each manifest
 * that is not there. It counts what that costs.
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

        boolean cold() {
            return this == CHECKED || this == IMPORTED;
        }
    }

    private static final long FRESH_FOR = 86_400;
    private static final int NONE = -1;

    private final World world;
    private final int[] upstream;
    private final int[] cached;
    private final long[] checkedAt;
    private final BitSet present;
    private final BitSet used;

    long heads;
    long manifests;
    long imports;
    long bytes;

    Ecr(World world) {
        this.world = world;
        upstream = filled(world.tags.size(), NONE);
        cached = filled(world.tags.size(), NONE);
        checkedAt = new long[world.tags.size()];
        present = new BitSet(world.builds.size());
        used = new BitSet(world.builds.size());
    }

    private static int[] filled(int length, int value) {
        int[] array = new int[length];
        Arrays.fill(array, value);
        return array;
    }

    /** The upstream changes. */
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

    boolean isPresent(int build) {
        return present.get(build);
    }

    /** A client's pull. */
    Outcome pull(int tag, long time) {
        Outcome outcome = fetch(tag, time);
        used.set(cached[tag]);
        return outcome;
    }

    /** Anybody's fetch, Larder's too. */
    Outcome fetch(int tag, long time) {
        if (cached[tag] != NONE && time < checkedAt[tag] + FRESH_FOR) {
            return cached[tag] == upstream[tag] ? Outcome.FRESH : Outcome.OUTDATED;
        }
        if (cached[tag] != NONE) {
            heads++;
        }
        checkedAt[tag] = time;
        if (cached[tag] == upstream[tag]) {
            return Outcome.CHECKED;
        }
        bring(tag);
        return Outcome.IMPORTED;
    }

    /** The tag moves to what the upstream has, before the 24 hours are over. */
    void refresh(int tag, long time) {
        checkedAt[tag] = time;
        if (cached[tag] == upstream[tag]) {
            heads++;
        } else {
            bring(tag);
        }
    }

    private void bring(int tag) {
        int build = upstream[tag];
        manifests++;
        if (!present.get(build)) {
            manifests += world.platforms.get(build);
            bytes += world.bytes.get(build);
            imports++;
            present.set(build);
        }
        cached[tag] = build;
    }

    /** Bytes of builds that were imported, and of which no client ever pulled a tag. */
    long bytesNeverPulled() {
        return present.stream()
                .filter(build -> !used.get(build))
                .mapToLong(world.bytes::get)
                .sum();
    }
}
