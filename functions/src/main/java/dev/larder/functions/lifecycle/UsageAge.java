package dev.larder.functions.lifecycle;

import dev.larder.functions.table.Attributes;
import dev.larder.functions.table.Key;
import dev.larder.functions.table.Table;
import java.time.Instant;
import java.util.Optional;

/** How long the usage record is. */
@FunctionalInterface
public interface UsageAge {
    /** Since when every pull is recorded; absent when nothing was recorded yet. */
    Optional<Instant> completeSince();

    /** As the table has it. */
    static UsageAge of(Table table) {
        return () -> table.get(Key.USAGE_SINCE).flatMap(item -> item.instant(Attributes.COMPLETE_SINCE));
    }
}
