package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.Comparator;

/**
 * A group that may go, as much of it as a run needs to choose.
 *
 * @param first names the group in its repository
 * @param images how many manifests
 * @param tops how many of them are nobody's part, which is what a repository's share is counted in
 * @param rule what the rule or quota matches that gives the reason
 */
public record Offer(
        RepositoryName repository,
        Digest first,
        int images,
        int tops,
        long bytes,
        Instant lastUse,
        Value value,
        Reason reason,
        String rule) {
    /** The order in which rules let go. A total one: no two groups of a plan have the same repository and first digest. */
    public static final Comparator<Offer> LONGEST_UNUSED_FIRST = Comparator.comparing(Offer::lastUse)
            .thenComparing(Offer::repository)
            .thenComparing(Offer::first);

    /** The order in which quotas let go. */
    public static final Comparator<Offer> LEAST_VALUABLE_FIRST =
            Comparator.comparing(Offer::value).thenComparing(LONGEST_UNUSED_FIRST);

    /** The offer of a group. */
    public static Offer of(Group group) {
        return new Offer(
                group.repository(),
                group.first(),
                group.images(),
                group.tops(),
                group.bytes(),
                group.lastUse(),
                group.value(),
                group.reason(),
                group.rule());
    }
}
