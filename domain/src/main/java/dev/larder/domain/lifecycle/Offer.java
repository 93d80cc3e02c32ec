package dev.larder.domain.lifecycle;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
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
 * @param within names the groups that quotas with shorter times let go and that hold it, by what the quota matches; without
 *     those that have its own name
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
        Map<String, Digest> within) {
    /** Copies the map. */
    public Offer {
        within = Map.copyOf(within);
    }

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
        this(repository, first, images, tops, bytes, lastUse, value, reason, rule, Optional.empty(), Map.of());
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

    /** The same as a part of the groups of this name, by what the quotas match that let these go. */
    public Offer within(Map<String, Digest> larger) {
        if (larger.isEmpty()) {
            return this;
        }
        Map<String, Digest> others = new HashMap<>(larger);
        others.values().removeIf(first::equals);
        return new Offer(repository, first, images, tops, bytes, lastUse, value, reason, rule, keptAt, others);
    }

    /** What names the group that holds it of those that a quota with a shorter time lets go. */
    Digest within(Quota quota) {
        return within.getOrDefault(quota.match(), first);
    }

    /** What the quota matches for which it goes; absent when it goes by a rule. */
    public Optional<String> quota() {
        return reason == Reason.QUOTA ? Optional.of(rule) : Optional.empty();
    }

    /** What is left of it without some parts. */
    Offer without(Collection<Offer> parts) {
        if (parts.isEmpty()) {
            return this;
        }
        int lessImages = 0;
        int lessTops = 0;
        long lessBytes = 0;
        for (Offer part : parts) {
            lessImages += part.images;
            lessTops += part.tops;
            lessBytes += part.bytes;
        }
        return new Offer(
                repository,
                first,
                images - lessImages,
                tops - lessTops,
                bytes - lessBytes,
                lastUse,
                value,
                reason,
                rule,
                keptAt,
                within);
    }

    /** Whether it stayed in an earlier run. */
    public boolean isKept() {
        return keptAt.isPresent();
    }
}
