package dev.larder.domain.warming;

import dev.larder.domain.upstream.Tariff;

/**
 * What warming an image costs at the upstream.
 *
 * @param tokens of the upstream's budget that its plan takes, given back as far as they were not needed
 * @param most of the budget, when the tag has moved; what its plan did not take is taken before the import
 * @param requests on average, whether the upstream counts them or not; blobs left out, which registries hand to others
 * @param bytes on average
 * @param mostBytes at most
 * @param guessed whether nobody knows how large the image is
 */
public record Price(int tokens, int most, double requests, double bytes, long mostBytes, boolean guessed) {
    /** So many bytes weigh as much as a request. */
    private static final double BYTES_PER_REQUEST = 250e6;

    /** Of what a check costs on average so much is taken, so that a day on which more has moved than usual is paid as well. */
    private static final double MARGIN = 2;

    /** The price of an import for sure. */
    public static Price importing(ImportSize size, Tariff tariff) {
        int most = tariff.importing(size.manifests(), size.blobs());
        return new Price(most, most, size.manifests(), size.bytes(), size.bytes(), isGuess(size));
    }

    /**
     * The price of a check, which is an import when the tag has moved. Where an upstream counts manifests alone, a check of
     * a tag that has not moved costs nothing, and most have not: the plan takes what is to be expected. Before the import
     * the rest is taken, or the upstream asked what it has. Where it counts layers too, these may not be known then, so all
     * of it is taken.
     *
     * @param chance that the tag has moved
     * @param moved the same, as far as no user would have paid for the import anyway
     */
    public static Price checking(ImportSize size, double chance, double moved, Tariff tariff) {
        int imported = tariff.importing(size.manifests(), size.blobs());
        int expected = tariff.blob() > 0 ? imported : (int) Math.ceil(Math.min(1, MARGIN * chance) * imported);
        return new Price(
                Math.addExact(tariff.head(), expected),
                Math.addExact(tariff.head(), imported),
                1 + moved * size.manifests(),
                moved * size.bytes(),
                size.bytes(),
                isGuess(size));
    }

    /** The price of a look at what the cache has: ECR is asked, and no upstream. */
    public static Price looking() {
        return new Price(0, 0, 1, 0, 0, false);
    }

    /** Whether it asks nothing of the upstream whatever comes of it, so that no budget is waited for. */
    public boolean isFree() {
        return most == 0;
    }

    private static boolean isGuess(ImportSize size) {
        return size.equals(ImportSize.UNKNOWN);
    }

    /** The same, of which it is known that it costs so many tokens. */
    Price costing(int known) {
        return new Price(known, tokens == most ? known : Math.max(known, most), requests, bytes, mostBytes, false);
    }

    /** The same, for so many tokens: what was all that it costs is all of it still. */
    Price paying(int paid) {
        return new Price(paid, tokens == most ? paid : most, requests, bytes, mostBytes, guessed);
    }

    /** Requests and bytes together, in requests. */
    public double weight() {
        return requests + bytes / BYTES_PER_REQUEST;
    }
}
