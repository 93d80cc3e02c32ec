package dev.larder.config;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What ECR charges here, in US dollars, where that differs from its listed prices. Only for who reads plans, so that no
 * function knows it.
 *
 * @param storage for each GB and month of standard storage
 * @param archive for each GB and month in the archive
 * @param restore for each GB that is brought back from the archive
 */
public record Prices(Optional<BigDecimal> storage, Optional<BigDecimal> archive, Optional<BigDecimal> restore) {
    /** The listed ones. */
    public static final Prices LISTED = new Prices(Optional.empty(), Optional.empty(), Optional.empty());
}
