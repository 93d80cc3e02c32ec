package dev.larder.domain.lifecycle;

import dev.larder.domain.image.ReferrerTag;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A manifest in the cache, as ECR describes it: what may be kept or go. Absent is what ECR did not say.
 *
 * @param tags the tags that point at it
 * @param sizeBytes compressed bytes
 * @param pushedAt when it came into the cache
 * @param recordedPullAt ECR's {@code lastRecordedPullTime}
 * @param subject what its content says that it is about, when it is a referrer: a signature, an SBOM
 * @param children what it lists: empty for an image, absent for an index that could not be read
 * @param archived whether ECR has it in its archive, or on the way there or back
 */
public record Manifest(
        RepositoryName repository,
        Digest digest,
        List<Tag> tags,
        Optional<String> mediaType,
        OptionalLong sizeBytes,
        Optional<Instant> pushedAt,
        Optional<Instant> recordedPullAt,
        Optional<Digest> subject,
        Optional<Set<Digest>> children,
        boolean archived) {
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> IMAGES = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");

    /** Copies the collections. */
    public Manifest {
        tags = tags.size() < 2
                ? List.copyOf(tags)
                : tags.stream().sorted().distinct().toList();
        children = children.map(Set::copyOf);
    }

    /** One that is not in the archive. */
    public Manifest(
            RepositoryName repository,
            Digest digest,
            List<Tag> tags,
            Optional<String> mediaType,
            OptionalLong sizeBytes,
            Optional<Instant> pushedAt,
            Optional<Instant> recordedPullAt,
            Optional<Digest> subject,
            Optional<Set<Digest>> children) {
        this(repository, digest, tags, mediaType, sizeBytes, pushedAt, recordedPullAt, subject, children, false);
    }

    /** The same with what it lists. */
    public Manifest withChildren(Optional<Set<Digest>> found) {
        return new Manifest(
                repository, digest, tags, mediaType, sizeBytes, pushedAt, recordedPullAt, subject, found, archived);
    }

    /**
     * What it is about, when it is a referrer: by what its content says, and by each tag that says so. A tag for its own
     * digest, or for that of something it lists, only repeats what it is.
     */
    public Set<Digest> subjects() {
        Set<Digest> subjects = subject.map(Set::of).orElse(Set.of());
        for (Tag tag : tags) {
            Optional<Digest> more = subjectBy(tag);
            if (more.isPresent()) {
                subjects = new LinkedHashSet<>(subjects);
                subjects.add(more.get());
            }
        }
        return subjects;
    }

    /** What it is about by one of its tags. */
    Optional<Digest> subjectBy(Tag tag) {
        return ReferrerTag.subject(tag)
                .filter(about ->
                        !about.equals(digest) && !children.orElse(Set.of()).contains(about));
    }

    /** Whether a media type is one of an index. */
    public static boolean isIndex(String mediaType) {
        return INDEXES.contains(mediaType);
    }

    /** Whether the media type is one that Larder knows how to take apart. */
    public boolean isKnownKind() {
        return mediaType
                .filter(type -> INDEXES.contains(type) || IMAGES.contains(type))
                .isPresent();
    }

    /** {@code repository@digest}. */
    public String name() {
        return repository + "@" + digest;
    }
}
