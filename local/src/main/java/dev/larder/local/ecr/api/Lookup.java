package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.ImageTag;
import dev.larder.local.ecr.state.Repository;
import java.util.Optional;

/** Finds what a request names, or says in ECR's words that it is not there. */
final class Lookup {
    private Lookup() {}

    static Repository repository(EcrRegistry registry, String name) {
        return registry.repositories()
                .find(name)
                .orElseThrow(() -> Errors.repositoryNotFound(name, registry.account()));
    }

    /** The image of a tag, of a digest, or of both when they agree. */
    static Optional<Image> image(EcrRegistry registry, String repository, ImageId id) {
        Optional<Digest> byTag =
                id.tag().flatMap(tag -> registry.images().tag(repository, tag)).map(ImageTag::digest);
        Optional<Digest> byDigest = id.digest().filter(Digest::isDigest).map(Digest::new);
        if (id.tag().isPresent() && id.digest().isPresent() && !byTag.equals(byDigest)) {
            return Optional.empty();
        }
        return byTag.or(() -> id.tag().isPresent() ? Optional.empty() : byDigest)
                .flatMap(digest -> registry.images().find(repository, digest));
    }

    /** The image, which must be there. */
    static Image requireImage(EcrRegistry registry, String repository, ImageId id) {
        return image(registry, repository, id)
                .orElseThrow(() -> Errors.imageNotFound(id, repository, registry.account()));
    }

    /** Names and pages exclude each other. */
    static void notBoth(Request request, String names) {
        if (request.has("nextToken") || request.has("maxResults")) {
            throw Errors.invalid(names, "must not be given together with nextToken or maxResults");
        }
    }

    /** The beginning of the answer of an action on one repository. */
    static ObjectNode answer(EcrRegistry registry, Request request) {
        return Shapes.object().put("registryId", registry.account()).put("repositoryName", request.repositoryName());
    }
}
