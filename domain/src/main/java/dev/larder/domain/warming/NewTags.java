package dev.larder.domain.warming;

import dev.larder.domain.image.VersionTag;
import dev.larder.domain.upstream.KnownTags;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tags with versions that an upstream got lately in one repository.
 *
 * @param repository as it is cached
 * @param tags in the order in which they came
 */
public record NewTags(RepositoryName repository, List<NewTag> tags) {
    /** For so long a tag is new. */
    public static final Duration NEW_FOR = Duration.ofDays(45);

    /**
     * One of them.
     *
     * @param firstSeen in a list of tags
     * @param digest what it points at, when Larder looked
     */
    public record NewTag(VersionTag version, Instant firstSeen, Optional<Digest> digest) {}

    /** Copies the list. */
    public NewTags {
        tags = List.copyOf(tags);
    }

    /** Those of a list of tags; none of a repository's first list, since nobody knows how old they are. */
    public static NewTags of(KnownTags known, Instant now) {
        Instant since = now.minus(NEW_FOR);
        return new NewTags(
                known.repository(),
                known.tags().entrySet().stream()
                        .filter(tag -> tag.getValue().firstSeen().isAfter(since))
                        .flatMap(tag -> VersionTag.of(tag.getKey()).stream()
                                .map(version -> new NewTag(
                                        version,
                                        tag.getValue().firstSeen(),
                                        tag.getValue().digest())))
                        .sorted(Comparator.comparing(NewTag::firstSeen).thenComparing(NewTag::version))
                        .toList());
    }
}
