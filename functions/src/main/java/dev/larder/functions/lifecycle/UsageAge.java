package dev.larder.functions.lifecycle;

import dev.larder.config.Upstream;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.usage.CheckedRecord;
import dev.larder.functions.warm.Upstreams;
import java.time.Instant;
import java.util.Optional;

/** How long the usage record is. */
@FunctionalInterface
public interface UsageAge {
    /** Since when every pull from the repository's upstream is recorded; absent when that cannot be said. */
    Optional<Instant> completeSince(RepositoryName repository);

    /** Why it cannot be said; absent when it can be, and when nobody knows why. */
    default Optional<String> doubt(RepositoryName repository) {
        return Optional.empty();
    }

    /** As the record says of itself, while it is checked. */
    static UsageAge of(CheckedRecord record, Upstreams upstreams) {
        return new UsageAge() {
            @Override
            public Optional<Instant> completeSince(RepositoryName repository) {
                return upstreams.of(repository).map(Upstream::prefix).flatMap(record::completeSince);
            }

            @Override
            public Optional<String> doubt(RepositoryName repository) {
                return upstreams.of(repository).map(Upstream::prefix).flatMap(record::doubt);
            }
        };
    }
}
