package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Manifests of one repository, named by a hex digit. */
final class Candidates {
    static final RepositoryName REPOSITORY = new RepositoryName("mirror/library/nginx");

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private Candidates() {}

    static Digest digest(char name) {
        return new Digest("sha256:" + String.valueOf(name).repeat(64));
    }

    static Manifest image(char name, String... tags) {
        return manifest(name, IMAGE, Optional.empty(), Set.of(), tags);
    }

    static Manifest index(char name, String children, String... tags) {
        Set<Digest> listed =
                children.chars().mapToObj(child -> digest((char) child)).collect(Collectors.toSet());
        return manifest(name, INDEX, Optional.empty(), listed, tags);
    }

    static Manifest referrer(char name, char subject) {
        return manifest(name, IMAGE, Optional.of(digest(subject)), Set.of());
    }

    private static Manifest manifest(
            char name, String mediaType, Optional<Digest> subject, Set<Digest> children, String... tags) {
        List<Tag> named = Arrays.stream(tags).map(Tag::new).toList();
        return new Manifest(
                REPOSITORY,
                digest(name),
                named,
                Optional.of(mediaType),
                OptionalLong.of(1),
                Optional.of(Instant.EPOCH),
                Optional.empty(),
                subject,
                Optional.of(children));
    }
}
