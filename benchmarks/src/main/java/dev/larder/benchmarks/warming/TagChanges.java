package dev.larder.benchmarks.warming;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What happened to the tags of some repositories.
 *
 * @param changes the earliest first, those of one moment by repository and tag; never empty
 * @param leftOut lines that were passed over, since no registry can have such a repository or tag
 */
record TagChanges(List<Change> changes, int leftOut) {
    private static final Comparator<Change> ORDER =
            Comparator.comparing(Change::time).thenComparing(Change::repository).thenComparing(Change::tag);

    /** What can happen to a tag. */
    enum Kind {
        /** It was there when the record began. */
        START,
        /** It appeared. */
        NEW,
        /** It points at another build. */
        MOVED,
        /** The upstream does not build it any more; it stays as it is. */
        REMOVED
    }

    /**
     * One change.
     *
     * @param build stands for what the tag points at, in this repository
     * @param platforms of the build, 1 or more
     */
    record Change(Instant time, String repository, String tag, Kind kind, String build, List<String> platforms) {
        /** Copies the list. */
        Change {
            platforms = List.copyOf(platforms);
        }
    }

    /**
     * Puts the changes in order; those of one tag at one moment stay as they come.
     *
     * @throws IllegalArgumentException when there are none
     */
    TagChanges {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("no changes of tags; expected at least one, and " + leftOut
                    + " lines were left out, whose repository or tag no registry can have");
        }
        changes = changes.stream().sorted(ORDER).toList();
    }
}
