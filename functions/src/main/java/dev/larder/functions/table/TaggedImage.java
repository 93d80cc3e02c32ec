package dev.larder.functions.table;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the table knows of {@code repository:tag}. Everything may be unknown: a pull may be recorded before the import.
 *
 * @param digest what the tag points at in the cache
 * @param importedAt when that digest came
 * @param checkedAt when the tag was last compared with the upstream, as far as Larder saw
 * @param warmedAt when Larder last warmed it
 * @param lastPulledAt when a client last pulled it
 * @param pulls pulls so far
 * @param coldPulls pulls so far that made ECR go upstream
 * @param warmFailures how often in a row warming it failed for a reason that lasts; 0 when the last one does not
 * @param lastWarmFailureAt when it last failed, for whatever reason
 * @param lastWarmFailureCode with which code, as it came
 * @param popularity log2 of the decayed number of pulls
 */
public record TaggedImage(
        Tagged image,
        Optional<Digest> digest,
        Optional<Instant> importedAt,
        Optional<Instant> checkedAt,
        Optional<Instant> warmedAt,
        Optional<Instant> lastPulledAt,
        long pulls,
        long coldPulls,
        int warmFailures,
        Optional<Instant> lastWarmFailureAt,
        Optional<String> lastWarmFailureCode,
        OptionalDouble popularity) {
    /** An image that nobody has heard of. */
    public static TaggedImage unknown(Tagged image) {
        return new TaggedImage(
                image,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }
}
