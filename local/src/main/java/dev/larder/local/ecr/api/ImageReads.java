package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.ImageSource;
import dev.larder.local.ecr.ImageUnavailableException;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.oci.Manifest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** {@code BatchGetImage}: what a pull is to ECR, and what makes it import. */
final class ImageReads {
    private final EcrRegistry registry;
    private final ImageSource images;
    private final InstantSource clock;

    ImageReads(EcrRegistry registry, ImageSource images, InstantSource clock) {
        this.registry = registry;
        this.images = images;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of("BatchGetImage", this::get);
    }

    /** Inferred: media types that the caller does not accept are served all the same (ecr-facts 6.2 found no answer). */
    private ObjectNode get(Request request) {
        String repository = request.repositoryName();
        if (registry.ruleFor(repository).isEmpty()) {
            Lookup.repository(registry, repository);
        }
        boolean recorded = !registry.settings().isExcluded(request.caller().issuerArn());
        ObjectNode answer = Shapes.object();
        ArrayNode found = answer.putArray("images");
        ArrayNode failures = answer.putArray("failures");
        for (ImageId id : request.imageIds()) {
            try {
                Manifest manifest = read(repository, id);
                found.add(image(repository, manifest, id.tag()));
                if (recorded) {
                    recordPull(repository, manifest.digest());
                }
            } catch (ImageUnavailableException e) {
                Shapes.failure(failures, id, e.failureCode(), String.valueOf(e.getMessage()));
            }
        }
        return answer;
    }

    private Manifest read(String repository, ImageId id) throws ImageUnavailableException {
        Optional<ImageFailure> malformed = ImageFailure.malformed(id);
        if (malformed.isPresent()) {
            throw new ImageUnavailableException(
                    malformed.get().code(), malformed.get().reason());
        }
        String reference = id.tag().or(id::digest).orElse("");
        Manifest manifest = images.get(repository, reference);
        if (id.digest().isPresent()
                && !id.digest().get().equals(manifest.digest().value())) {
            throw new ImageUnavailableException(
                    "ImageTagDoesNotMatchDigest",
                    "The tag " + reference + " is at " + manifest.digest() + ", not at "
                            + id.digest().get());
        }
        return manifest;
    }

    private void recordPull(String repository, Digest digest) {
        registry.change(() -> {
            registry.images()
                    .find(repository, digest)
                    .ifPresent(image -> registry.images().update(image.pulled(clock.instant())));
            return true;
        });
    }

    private ObjectNode image(String repository, Manifest manifest, Optional<String> tag) {
        ObjectNode node = Shapes.object().put("registryId", registry.account()).put("repositoryName", repository);
        node.set("imageId", ImageId.of(manifest.digest(), tag).json());
        return node.put("imageManifest", manifest.content()).put("imageManifestMediaType", manifest.mediaType());
    }
}
