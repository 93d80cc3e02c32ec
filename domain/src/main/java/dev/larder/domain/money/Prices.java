package dev.larder.domain.money;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * What ECR charges, in US dollars. A GB is 2^30 bytes, as AWS bills. What comes into AWS costs nothing.
 *
 * @param storage for each GB and month of standard storage
 * @param archive for each GB and month in the archive
 * @param restore for each GB that is brought back from the archive
 */
public record Prices(BigDecimal storage, BigDecimal archive, BigDecimal restore) {
    /**
     * The listed prices of us-east-1. Storage: cloudburn.io, March 2026, and devjapan.com, 2026-03-22. Archive, of which
     * this is the price of the first 150 TB, and restore: PointFive's CER-0308, March 2026, and devjapan.com, 2026-03-22.
     */
    public static final Prices LISTED =
            new Prices(new BigDecimal("0.10"), new BigDecimal("0.10"), new BigDecimal("0.03"));

    /** When {@link #LISTED} was last compared with its sources. */
    public static final LocalDate LISTED_ON = LocalDate.of(2026, 3, 22);

    /** What goes into the archive is billed for at least so long: 90 days (the same sources). */
    public static final int ARCHIVE_MONTHS = 3;

    /** @throws IllegalArgumentException when a price is below zero */
    public Prices {
        if (Stream.of(storage, archive, restore).anyMatch(price -> price.signum() < 0)) {
            throw new IllegalArgumentException(
                    "not prices: " + storage + ", " + archive + ", " + restore + " dollars; expected none below zero");
        }
    }
}
