package dev.larder.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What it saves that images go, beside what the same would cost otherwise. Exact figures in US dollars; {@link #rounded}
 * is for who shows them.
 *
 * @param bytes that go, compressed. ECR stores a layer that images of a repository share once, so that what is freed is
 *     less when one of them stays
 * @param perMonth what their storage costs in a month
 * @param archivePerMonth what they would cost in ECR's archive in a month
 * @param archiveAtLeast what the archive would cost at the least: it bills 90 days, however soon an image leaves it
 * @param restore what bringing all of it back from the archive would cost once
 * @param requests to upstreams that fetching all of it again would cost; to bring it in costs no dollars
 */
public record Savings(
        long bytes,
        BigDecimal perMonth,
        BigDecimal archivePerMonth,
        BigDecimal archiveAtLeast,
        BigDecimal restore,
        long requests) {
    private static final BigDecimal GB = BigDecimal.valueOf(1L << 30);
    private static final int CENTS = 2;

    /**
     * Adds it up.
     *
     * @throws IllegalArgumentException when there are fewer bytes or requests than none
     */
    public static Savings of(long bytes, long requests, Prices prices) {
        if (bytes < 0 || requests < 0) {
            throw new IllegalArgumentException(
                    "cannot go: " + bytes + " bytes, " + requests + " requests; expected none below zero");
        }
        // by a power of two, and so exact
        BigDecimal gigabytes = BigDecimal.valueOf(bytes).divide(GB);
        BigDecimal archive = gigabytes.multiply(prices.archive());
        return new Savings(
                bytes,
                gigabytes.multiply(prices.storage()),
                archive,
                archive.multiply(BigDecimal.valueOf(Prices.ARCHIVE_MONTHS)),
                gigabytes.multiply(prices.restore()),
                requests);
    }

    /** Dollars to the cent, half a cent up. */
    public static BigDecimal rounded(BigDecimal dollars) {
        return dollars.setScale(CENTS, RoundingMode.HALF_UP);
    }
}
