package dev.larder.domain.warming;

import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen lately of a repository's tags at its upstream: the part of {@link KnownTags} that each plan needs, so that
 * no plan has to read a list of 100,000 tags.
 *
 * @param news the new tags
 * @param looked what single tags pointed at when they were looked at
 * @param listedAt when the last complete list was read, or refused for good; absent for never
 * @param refusal why the list was not read when it was last asked for; absent when it was
 * @param mendedBy when it is asked for again, where somebody may have mended by then why it was refused; absent where its
 *     refusal stands for a list that was read
 */
public record Sightings(
        NewTags news,
        Map<Tag, Sight> looked,
        Optional<Instant> listedAt,
        Optional<String> refusal,
        Optional<Instant> mendedBy) {
    /** So long a look at a tag is of use: ECR's own check is not older. */
    private static final Duration USEFUL = Duration.ofDays(2);

    /** So long a look stands for what the upstream has now. */
    public static final Duration RECENT = Duration.ofHours(1);

    /** What a tag pointed at. */
    public record Sight(Digest digest, Instant at) {}

    /** Copies the map. */
    public Sightings {
        looked = Map.copyOf(looked);
    }

    /** The same, where a refusal stands for a list that was read. */
    public Sightings(NewTags news, Map<Tag, Sight> looked, Optional<Instant> listedAt, Optional<String> refusal) {
        this(news, looked, listedAt, refusal, Optional.empty());
    }

    /** What of the known tags is of lately. */
    public static Sightings of(KnownTags known, Instant now) {
        Map<Tag, Sight> looked = new HashMap<>();
        known.tags()
                .forEach((tag, seen) -> seen.digestAt()
                        .filter(at -> at.isAfter(now.minus(USEFUL)))
                        .ifPresent(at -> seen.digest().ifPresent(digest -> looked.put(tag, new Sight(digest, at)))));
        return new Sightings(NewTags.of(known, now), looked, known.listedAt(), Optional.empty());
    }

    /** What the upstream was seen to have under a tag after ECR's own last check of it. */
    public Optional<Digest> since(Tag tag, Optional<Instant> checkedAt) {
        return Optional.ofNullable(looked.get(tag))
                .filter(sight -> checkedAt.filter(at -> !sight.at().isAfter(at)).isEmpty())
                .map(Sight::digest);
    }
}
