package dev.larder.local.registry;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path under {@code /v2/} asks for. */
sealed interface RegistryRoute {
    /** {@code /v2/}: whether this is a registry, and who asks. */
    record Base() implements RegistryRoute {}

    /** {@code /v2/<name>/manifests/<reference>}. */
    record ManifestOf(RepositoryName repository, String reference) implements RegistryRoute {}

    /** {@code /v2/<name>/blobs/<digest>}. */
    record BlobOf(RepositoryName repository, Digest digest) implements RegistryRoute {}

    /** {@code /v2/<name>/tags/list}. */
    record TagsOf(RepositoryName repository) implements RegistryRoute {}

    /** {@code /v2/<name>/referrers/<digest>}. */
    record ReferrersOf(RepositoryName repository, Digest digest) implements RegistryRoute {}

    /** {@code /v2/<name>/blobs/uploads/...}: a push. */
    record UploadTo(RepositoryName repository) implements RegistryRoute {}

    /** {@code /v2/_catalog}. */
    record Catalog() implements RegistryRoute {}

    /** The forms of a path, all of them ended by what no repository's name can end with. */
    Pattern PATH = Pattern.compile("/v2/(.+)/(?:(tags)/list|(blobs/uploads)/.*|(manifests|blobs|referrers)/([^/]+))");

    /** @throws RegistryException when the path is none of these, or a name or digest in it is none */
    static RegistryRoute parse(String path) {
        if (path.equals("/v2") || path.equals("/v2/")) {
            return new Base();
        }
        if (path.equals("/v2/_catalog")) {
            return new Catalog();
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new RegistryException(
                    404, "UNSUPPORTED", "'" + path + "' is no path of the OCI distribution API that is served here");
        }
        RepositoryName repository = repository(parts.group(1));
        if (parts.group(2) != null) {
            return new TagsOf(repository);
        }
        if (parts.group(3) != null) {
            return new UploadTo(repository);
        }
        String reference = parts.group(5);
        return switch (parts.group(4)) {
            case "manifests" -> new ManifestOf(repository, reference);
            case "blobs" -> new BlobOf(repository, digest(reference));
            default -> new ReferrersOf(repository, digest(reference));
        };
    }

    private static RepositoryName repository(String name) {
        try {
            return new RepositoryName(name);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "NAME_INVALID", String.valueOf(e.getMessage()));
        }
    }

    private static Digest digest(String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(400, "DIGEST_INVALID", String.valueOf(e.getMessage()));
        }
    }
}
