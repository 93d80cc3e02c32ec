package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.Comparator;

/**
 * How much may be cached. When it is more, the least valuable goes first.
 *
 * @param match a glob over the repository's name
 * @param bytes of all repositories together that match, compressed, as {@link Group#bytes()} counts them
 * @param notPulledFor what was used within this time never goes, however full it is
 */
public record Quota(String match, long bytes, Duration notPulledFor) {
    /** The most specific first. */
    static final Comparator<Quota> MOST_SPECIFIC_FIRST =
            Comparator.comparing(Quota::match, EvictionRule.mostSpecificFirst());

    /** What goes by a longer time goes by a shorter one, too. */
    static final Comparator<Quota> LONGEST_TIME_FIRST =
            Comparator.comparing(Quota::notPulledFor).reversed().thenComparing(MOST_SPECIFIC_FIRST);

    /** @throws IllegalArgumentException when the time is shorter than a day, or nothing at all may be cached */
    public Quota {
        if (EvictionRule.isTooShort(notPulledFor) || bytes < 1) {
            throw new IllegalArgumentException("not a quota of " + match + ": " + bytes + " bytes, not pulled for "
                    + notPulledFor + "; expected at least 1 byte and 1 day");
        }
    }

    /** Whether the repository counts towards it. */
    public boolean covers(RepositoryName repository) {
        return new Glob(match).matches(repository.value());
    }
}
