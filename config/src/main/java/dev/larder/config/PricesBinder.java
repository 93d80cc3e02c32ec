package dev.larder.config;

import java.util.List;

/** {@code prices}. */
final class PricesBinder {
    static final List<String> KEYS = List.of("storage", "archive", "restore");

    private PricesBinder() {}

    static Prices bind(Section file) {
        return file.section("prices", KEYS)
                .map(section ->
                        new Prices(section.price("storage"), section.price("archive"), section.price("restore")))
                .orElse(Prices.LISTED);
    }
}
