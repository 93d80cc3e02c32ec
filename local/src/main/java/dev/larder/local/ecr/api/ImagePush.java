package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.state.Contents;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.ImageTag;
import dev.larder.local.ecr.state.Repository;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.InvalidManifestException;
import dev.larder.local.oci.Manifest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code PutImage}: a manifest whose parts are here already, under a tag or none. */
final class ImagePush {
    private static final int TAGS_PER_IMAGE = 1_000;

    private final EcrRegistry registry;
    private final EcrEvents events;
    private final InstantSource clock;

    ImagePush(EcrRegistry registry, EcrEvents events, InstantSource clock) {
        this.registry = registry;
        this.events = events;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of("PutImage", this::put);
    }

    private ObjectNode put(Request request) {
        Manifest manifest = manifest(request);
        Optional<String> tag = request.optional("imageTag");
        registry.change(() -> {
            Repository repository = Lookup.repository(registry, request.repositoryName());
            checkParts(repository.name(), manifest);
            checkTag(repository, manifest.digest(), tag);
            Instant now = clock.instant();
            registry.images().add(repository.name(), manifest, now);
            tag.ifPresent(name -> registry.images().point(repository.name(), name, manifest.digest(), now));
            return true;
        });
        events.imageAction("PUSH", request.repositoryName(), manifest.digest(), tag);
        ObjectNode answer = Shapes.object();
        ObjectNode image = Lookup.answer(registry, request);
        image.set("imageId", ImageId.of(manifest.digest(), tag).json());
        image.put("imageManifest", manifest.content()).put("imageManifestMediaType", manifest.mediaType());
        answer.set("image", image);
        return answer;
    }

    private static Manifest manifest(Request request) {
        Manifest manifest;
        try {
            manifest = Manifest.parse(
                    request.text("imageManifest"),
                    request.optional("imageManifestMediaType").orElse(null));
        } catch (InvalidManifestException e) {
            throw Errors.invalid("imageManifest", String.valueOf(e.getMessage()));
        }
        String digest = request.optional("imageDigest").orElse(manifest.digest().value());
        if (!digest.equals(manifest.digest().value())) {
            throw Errors.error(
                    "ImageDigestDoesNotMatchException",
                    "The image digest '" + digest + "' does not match the calculated digest '" + manifest.digest()
                            + "'");
        }
        return manifest;
    }

    private void checkParts(String repository, Manifest manifest) {
        List<String> layers = manifest.blobs().stream()
                .filter(Contents::isDistributed)
                .map(Descriptor::digest)
                .filter(layer -> !registry.hasLayer(repository, layer))
                .map(Digest::value)
                .toList();
        if (!layers.isEmpty()) {
            throw Errors.error(
                    "LayersNotFoundException",
                    "Layers with digests '" + layers + "' required for pushing image into repository with name '"
                            + repository + "' in the registry with id '" + registry.account() + "' do not exist");
        }
        List<String> children = manifest.children().stream()
                .map(Descriptor::digest)
                .filter(child -> registry.images().find(repository, child).isEmpty())
                .map(Digest::value)
                .toList();
        if (!children.isEmpty()) {
            throw Errors.error(
                    "ReferencedImagesNotFoundException",
                    "Images with digests '" + children + "' required for pushing image into repository with name '"
                            + repository + "' in the registry with id '" + registry.account() + "' do not exist");
        }
    }

    private void checkTag(Repository repository, Digest digest, Optional<String> tag) {
        Optional<Digest> taken = tag.flatMap(name -> registry.images().tag(repository.name(), name))
                .map(ImageTag::digest);
        boolean here = registry.images()
                .find(repository.name(), digest)
                .filter(Image::active)
                .isPresent();
        if (here && (tag.isEmpty() || taken.equals(Optional.of(digest)))) {
            throw Errors.error(
                    "ImageAlreadyExistsException",
                    "Image with digest '" + digest + "'"
                            + tag.map(name -> " and tag '" + name + "'").orElse("")
                            + " already exists in the repository with name '" + repository.name()
                            + "' in registry with id '" + registry.account() + "'");
        }
        if (taken.isPresent() && !repository.mayMove(tag.orElse(""))) {
            throw Errors.error(
                    "ImageTagAlreadyExistsException",
                    "The image tag '" + tag.orElse("") + "' already exists in the '" + repository.name()
                            + "' repository and cannot be overwritten because the repository is immutable.");
        }
        if (tag.isPresent()
                && registry.images().tagsOf(repository.name(), digest).size() >= TAGS_PER_IMAGE) {
            throw Errors.error(
                    "LimitExceededException", "An image can have " + TAGS_PER_IMAGE + " tags; " + digest + " has them");
        }
    }
}
