package dev.larder.domain.warming;

import dev.larder.domain.upstream.Tariff;

/**
 * What warming an image costs at the upstream.
 *
 * @param tokens at most, of the upstream's budget; taken before, and given back as far as they were not needed
 * @param requests on average, whether the upstream counts them or not; blobs left out, which registries hand to others
 * @param bytes on average
 * @param mostBytes at most
 * @param guessed whether nobody knows how large the image is
 */
public record Price(int tokens, double requests, double bytes, long mostBytes, boolean guessed) {
    /** So many bytes weigh as much as a request. */
    private static final double BYTES_PER_REQUEST = 250e6;

    /** The price of an import for sure. */
    public static Price importing(ImportSize size, Tariff tariff) {
        return new Price(
                tariff.importing(size.manifests(), size.blobs()),
                size.manifests(),
                size.bytes(),
                size.bytes(),
                isGuess(size));
    }

    /** The price of a check, which is an import when the tag has moved. */
    public static Price checking(ImportSize size, double moved, Tariff tariff) {
        return new Price(
                Math.addExact(tariff.head(), tariff.importing(size.manifests(), size.blobs())),
                1 + moved * size.manifests(),
                moved * size.bytes(),
                size.bytes(),
                isGuess(size));
    }

    /** The price of a look at what the cache has: ECR is asked, and no upstream. */
    public static Price looking() {
        return new Price(0, 1, 0, 0, false);
    }

    private static boolean isGuess(ImportSize size) {
        return size.equals(ImportSize.UNKNOWN);
    }

    /** The same, of which it is known that it costs so many tokens. */
    Price costing(int known) {
        return new Price(known, requests, bytes, mostBytes, false);
    }

    /** The same, for so many tokens. */
    Price paying(int paid) {
        return new Price(paid, requests, bytes, mostBytes, guessed);
    }

    /** Requests and bytes together, in requests. */
    public double weight() {
        return requests + bytes / BYTES_PER_REQUEST;
    }
}
