package dev.larder.domain.warming;

import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why the list of a repository's tags may be worth reading again. A tag that moved is a sign that something came out:
 * while such tags are checked every day anyway, the list is read when one of them moves, and else only now and then.
 *
 * @param listedAt when it was last read; absent for never
 * @param movedAt when a tag of the repository was last seen to have moved
 * @param tells whether any tag that moves is checked every day
 */
public record Interest(
        RepositoryName repository, Optional<Instant> listedAt, Optional<Instant> movedAt, boolean tells) {
    /** After a sign, the list is not read again before this; and so often when what is new is wanted. */
    private static final Duration SETTLES = Duration.ofHours(6);

    /** Without a sign, it is read so often where signs are to be expected. */
    private static final Duration TOLD = Duration.ofDays(14);

    /** And so often where they are not. */
    private static final Duration SILENT = Duration.ofDays(4);

    /** When a list is asked for again that was refused for something that people can mend. */
    public static Instant afterRefusal(Instant refusedAt) {
        return refusedAt.plus(SETTLES);
    }

    /**
     * When a list is to be read of which the file wants what is new, or that may lead to a digest that is sought, and nothing
     * else may tell of it.
     */
    public static Instant wanted(Optional<Instant> listedAt) {
        return listedAt.map(listed -> listed.plus(SETTLES)).orElse(Instant.EPOCH);
    }

    /** When the list is to be read. */
    public Instant due() {
        if (listedAt.isEmpty()) {
            return Instant.EPOCH;
        }
        Instant listed = listedAt.get();
        Instant regularly = listed.plus(tells ? TOLD : SILENT);
        return movedAt.filter(moved -> moved.isAfter(listed))
                .map(moved -> listed.plus(SETTLES))
                .filter(regularly::isAfter)
                .orElse(regularly);
    }
}
