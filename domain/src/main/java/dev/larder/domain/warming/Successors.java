package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.events.WarmReason;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds new versions of what is pulled: those who pull {@code 1.27.3-alpine} will want {@code 1.27.4-alpine}. Only the
 * newest of its line (all numbers but the last) is one, and only while it has no demand of its own.
 */
public final class Successors {
    /** Who moves on does so within such a time, on average. */
    private static final Duration DELAY = Duration.ofDays(7);

    private static final double DELAY_DAYS = DELAY.toDays();

    private Successors() {}

    /**
     * A new version, and why it is expected to be pulled.
     *
     * @param after the version that is pulled
     * @param chance that it is pulled at all, 0 to 1
     */
    public record Successor(Tagged image, NewTags.NewTag tag, VersionTag after, double chance) {
        /** The chance that its first pull falls into the next day. */
        double tomorrow(Instant now) {
            double age = Math.max(0, Duration.between(tag.firstSeen(), now).toHours() / 24.0);
            // whoever has not come for long is less and less likely to come
            double waiting = chance * Math.exp(-age / DELAY_DAYS);
            double comes = waiting / (waiting + 1 - chance);
            return comes * -Math.expm1(-1 / DELAY_DAYS);
        }
    }

    /**
     * The new versions of one repository.
     *
     * @param pulled images of it that have a version and a demand
     */
    public static List<Successor> of(NewTags tags, Collection<Known> pulled, Adoption adoption, Instant now) {
        Map<String, List<Known>> families = pulled.stream()
                .filter(image -> image.version().isPresent() && image.demand().isPresent())
                .collect(Collectors.groupingBy(
                        image -> image.version().orElseThrow().family()));
        Map<List<Object>, NewTags.NewTag> newest = new HashMap<>();
        for (NewTags.NewTag tag : tags.tags()) {
            if (families.containsKey(tag.version().family())) {
                newest.merge(
                        line(tag.version()),
                        tag,
                        (one, other) -> one.version().compareTo(other.version()) < 0 ? other : one);
            }
        }
        List<Successor> successors = new ArrayList<>();
        for (NewTags.NewTag tag : newest.values()) {
            of(tags, tag, families.getOrDefault(tag.version().family(), List.of()), adoption, now, successors);
        }
        return successors;
    }

    private static void of(
            NewTags tags,
            NewTags.NewTag tag,
            List<Known> family,
            Adoption adoption,
            Instant now,
            List<Successor> successors) {
        double nobody = 1;
        double most = 0;
        VersionTag after = null;
        for (Known image : family) {
            VersionTag version = image.version().orElseThrow();
            if (version.compareTo(tag.version()) >= 0) {
                if (line(version).equals(line(tag.version()))) {
                    return;
                }
                continue;
            }
            double alive = image.demand().orElseThrow().alive(now);
            double chance = alive * adoption.at(Math.max(0, version.distance(tag.version())));
            nobody *= 1 - chance;
            if (chance > most) {
                most = chance;
                after = version;
            }
        }
        if (after != null) {
            successors.add(
                    new Successor(new Tagged(tags.repository(), tag.version().tag()), tag, after, 1 - nobody));
        }
    }

    private static List<Object> line(VersionTag version) {
        List<Object> line = new ArrayList<>(version.version().subList(0, version.versions() - 1));
        line.add(version.family());
        return line;
    }

    /** What is to be done for them before the next plan. */
    static java.util.Optional<Candidate> candidate(Successor successor, Known image, Freshness freshness, Instant now) {
        if (!freshness.isDue(image, now)) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(freshness.candidate(
                image,
                WarmReason.SUCCESSOR,
                false,
                image.cached() ? successor.tomorrow(now) : successor.chance(),
                "follows " + successor.after().tag() + ", which is pulled",
                now));
    }
}
