package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A group that may go, as much of it as a run needs to choose.
 *
 * @param first names the group in its repository
 * @param images how many manifests
 * @param tops how many of them are nobody's part, which is what a repository's share is counted in
 * @param rule what the rule or quota matches that gives the reason
 * @param keptAt when an earlier run had selected it and it stayed, as something spoke against it that is asked for only right
 *     before a group goes; absent when none did since its last use
 * @param within names the larger group of which it is a part by the quota with the shortest time; absent when that lets go the
 *     same group, or when there is none
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
        String rule,
        Optional<Instant> keptAt,
        Optional<Digest> within) {
    /** The order in which rules let go. A total one: no two groups of a plan have the same repository and first digest. */
    public static final Comparator<Offer> LONGEST_UNUSED_FIRST = Comparator.comparing(Offer::lastUse)
            .thenComparing(Offer::repository)
            .thenComparing(Offer::first);

    /** The order in which quotas let go. */
    public static final Comparator<Offer> LEAST_VALUABLE_FIRST =
            Comparator.comparing(Offer::value).thenComparing(LONGEST_UNUSED_FIRST);

    /**
     * Before any other order: what stayed when a run would have taken it comes behind all that did not, or it would be taken
     * again by each run, and stay again, and nothing else would ever go. Of those, the one comes first that stayed first.
     */
    public static final Comparator<Offer> KEPT_LAST =
            Comparator.comparing(offer -> offer.keptAt().orElse(Instant.MIN));

    /** One that no run has selected yet. */
    public Offer(
            RepositoryName repository,
            Digest first,
            int images,
            int tops,
            long bytes,
            Instant lastUse,
            Value value,
            Reason reason,
            String rule) {
        this(repository, first, images, tops, bytes, lastUse, value, reason, rule, Optional.empty(), Optional.empty());
    }

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

    /** The same of one that stayed in an earlier run; as if it never had, when it was used since. */
    public Offer kept(Instant at) {
        return at.isAfter(lastUse)
                ? new Offer(
                        repository, first, images, tops, bytes, lastUse, value, reason, rule, Optional.of(at), within)
                : this;
    }

    /** The same as a part of a larger group. */
    public Offer within(Digest larger) {
        return larger.equals(first)
                ? this
                : new Offer(
                        repository,
                        first,
                        images,
                        tops,
                        bytes,
                        lastUse,
                        value,
                        reason,
                        rule,
                        keptAt,
                        Optional.of(larger));
    }

    /** What is left of it when so much of it goes by another rule; absent when that is all. */
    Optional<Offer> without(int goingImages, long goingBytes) {
        return goingImages >= images
                ? Optional.empty()
                : Optional.of(new Offer(
                        repository,
                        first,
                        images - goingImages,
                        tops,
                        Math.max(0, bytes - goingBytes),
                        lastUse,
                        value,
                        reason,
                        rule,
                        keptAt,
                        within));
    }

    /** Whether it stayed in an earlier run. */
    public boolean isKept() {
        return keptAt.isPresent();
    }
}
