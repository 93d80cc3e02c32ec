package dev.larder.domain.lifecycle;

import dev.larder.domain.upstream.Tariff;
import java.util.Optional;

/**
 * What it is worth to keep something, for a quota's order: the least first.
 *
 * @param perByte requests to the upstream that a byte of it saves in a day: expected pulls a day, times the requests that
 *     each would cost if it were gone, divided by the compressed bytes
 */
public record Value(double perByte) implements Comparable<Value> {
    /** A configuration and seven layers: what is assumed of an image whose blobs nobody counted. */
    private static final int BLOBS_OF_AN_IMAGE = 8;

    /**
     * The value of what goes together.
     *
     * @param pullsPerDay expected, of all of it
     * @param requests that fetching it again costs, at least 1: even what no budget counts takes one
     * @param bytes compressed; none count as one
     */
    public static Value of(double pullsPerDay, long requests, long bytes) {
        return new Value(pullsPerDay * Math.max(1, requests) / Math.max(1, bytes));
    }

    /**
     * What fetching it again costs.
     *
     * @param tariff what the upstream counts; absent when it counts nothing
     * @param manifests all of them
     * @param images those of them that are no index
     */
    public static int requests(Optional<Tariff> tariff, int manifests, int images) {
        return tariff.map(counts -> counts.importing(manifests, Math.multiplyExact(images, BLOBS_OF_AN_IMAGE)))
                .orElse(0);
    }

    @Override
    public int compareTo(Value other) {
        return Double.compare(perByte, other.perByte);
    }
}
