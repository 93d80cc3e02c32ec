package dev.larder.domain.lifecycle;

import dev.larder.domain.image.Glob;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What the file says of some repositories. It holds for an image when it is the most specific of all that match.
 *
 * @param match a glob over the repository's name; {@link #ALL} for what holds everywhere else
 * @param notPulledFor an image goes after so long without a pull, push or warming
 * @param superseded the same for what the last tag moved away from
 * @param failedImports the same for what an import left behind and nobody ever pulled
 * @param keepNewest so many of the newest of each family stay
 * @param evictGone whether even that goes which the upstream no longer has
 * @param protect globs over {@code repository:tag} that always stay, and those without a colon over repositories of which
 *     everything stays
 */
public record EvictionRule(
        String match,
        Duration notPulledFor,
        Duration superseded,
        Duration failedImports,
        int keepNewest,
        boolean evictGone,
        List<Glob> protect) {
    /** Matches every repository. */
    public static final String ALL = "**";

    /** The least that any time may be: nothing is deleted between a client's manifest and its layers. */
    static final Duration LEAST = Duration.ofDays(1);

    /** The one that says most of a name first: more characters that are no stars, then fewer stars, then by text. */
    static final Comparator<EvictionRule> MOST_SPECIFIC_FIRST =
            Comparator.comparing(EvictionRule::match, mostSpecificFirst());

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException when images could go the moment they come: each time must be at least a day; or
     *     when fewer than none are to be kept
     */
    public EvictionRule {
        if (isTooShort(notPulledFor) || isTooShort(superseded) || isTooShort(failedImports) || keepNewest < 0) {
            throw new IllegalArgumentException("cannot evict from " + match + " what was not pulled for " + notPulledFor
                    + ", superseded for " + superseded + " or left by an import for " + failedImports
                    + " keeping the newest " + keepNewest + "; expected at least 1 day and 0");
        }
        protect = List.copyOf(protect);
    }

    static boolean isTooShort(Duration time) {
        return time.compareTo(LEAST) < 0;
    }

    static Comparator<String> mostSpecificFirst() {
        return Comparator.comparingLong(EvictionRule::literals)
                .reversed()
                .thenComparingInt(String::length)
                .thenComparing(Comparator.naturalOrder());
    }

    private static long literals(String glob) {
        return glob.chars().filter(c -> c != '*').count();
    }

    /** Whether it says anything of the repository. */
    public boolean matches(RepositoryName repository) {
        return match.equals(ALL) || new Glob(match).matches(repository.value());
    }
}
