package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code UpdateImageStorageClass}: into the archive and back. ECR takes up to 20 minutes for the way back; here an image
 * is active when the answer is there. Referrers are left to the lifecycle run, as with a deletion [inferred].
 */
final class StorageClassActions {
    private final EcrRegistry registry;
    private final EcrEvents events;
    private final InstantSource clock;

    StorageClassActions(EcrRegistry registry, EcrEvents events, InstantSource clock) {
        this.registry = registry;
        this.events = events;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of("UpdateImageStorageClass", this::update);
    }

    private ObjectNode update(Request request) {
        boolean archive = request.text("targetStorageClass").equals("ARCHIVE");
        Optional<Image> changed = registry.change(() -> {
            Image image = image(request);
            // inferred: asking for the class that the image has is no error and changes nothing
            if (image.active() != archive) {
                return Optional.empty();
            }
            if (archive) {
                checkNoIndexNeeds(image);
            }
            Image moved = archive ? image.archived(clock.instant()) : image.activated(clock.instant());
            registry.images().update(moved);
            return Optional.of(moved);
        });
        changed.ifPresent(image -> events.storageClassUpdated(image.storageClassUpdate()));
        Image now = image(request);
        ObjectNode answer = Lookup.answer(registry, request);
        answer.set("imageId", ImageId.of(now.digest(), request.imageId().tag()).json());
        return answer.put("imageStatus", now.status().name());
    }

    private Image image(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        return Lookup.requireImage(registry, repository, request.imageId());
    }

    /** "It cannot be expired or archived without the manifest list being deleted or archived first"; the code is inferred. */
    private void checkNoIndexNeeds(Image image) {
        List<String> indexes = registry.images().parents(image.repository(), image.digest()).stream()
                .filter(index -> registry.images()
                        .find(image.repository(), index)
                        .filter(Image::active)
                        .isPresent())
                .map(Digest::value)
                .toList();
        if (!indexes.isEmpty()) {
            throw Errors.error(
                    "ImageStorageClassUpdateNotSupportedException",
                    "Requested image referenced by manifest list: " + indexes);
        }
    }
}
