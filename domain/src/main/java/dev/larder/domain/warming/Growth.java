package dev.larder.domain.warming;

import dev.larder.domain.upstream.Tariff;

/** How much larger than its plan thought an image may be that a tag has moved to, as far as it is paid for unseen. */
public final class Growth {
    /** Four more platforms of an index, with their attestations. */
    private static final int OF_AN_INDEX = 8;

    /** An index of eight platforms with their attestations, where an image without an index was, or nobody knows. */
    private static final int OF_AN_IMAGE = 16;

    /** Where blobs are counted as well. */
    private static final int BLOBS = 8;

    private Growth() {}

    /**
     * What more it may cost, in tokens.
     *
     * @param known whether the plan knew the image as it was; otherwise it guessed
     * @param planned what the plan thought that it costs, in tokens
     */
    public static int tokens(boolean known, int planned, Tariff tariff) {
        int manifests = known && planned >= tariff.importing(2, 0) ? OF_AN_INDEX : OF_AN_IMAGE;
        return tariff.importing(manifests, manifests * BLOBS);
    }
}
