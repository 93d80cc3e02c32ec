package dev.larder.functions.lifecycle;

import dev.larder.events.image.RepositoryName;
import dev.larder.functions.usage.RecordState;
import java.time.Instant;
import java.util.Optional;

/** How long the usage record is. */
@FunctionalInterface
public interface UsageAge {
    /** Since when every pull from the repository's upstream is recorded; absent when that cannot be said. */
    Optional<Instant> completeSince(RepositoryName repository);

    /** As the record says of itself. */
    static UsageAge of(RecordState state) {
        return state::completeSince;
    }
}
