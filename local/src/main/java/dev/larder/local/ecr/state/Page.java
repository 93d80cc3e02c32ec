package dev.larder.local.ecr.state;

import java.util.List;
import java.util.Optional;

/**
 * Some records in order.
 *
 * @param next where the next page begins; empty after the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
