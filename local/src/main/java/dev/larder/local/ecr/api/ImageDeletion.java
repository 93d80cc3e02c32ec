package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code BatchDeleteImage}. By tag only the tag goes, and with its last tag the image; by digest the image and all its
 * tags. An image that an index lists stays until that index is gone.
 */
final class ImageDeletion {
    private final EcrRegistry registry;
    private final EcrEvents events;

    ImageDeletion(EcrRegistry registry, EcrEvents events) {
        this.registry = registry;
        this.events = events;
    }

    Map<String, Action> actions() {
        return Map.of("BatchDeleteImage", this::delete);
    }

    private ObjectNode delete(Request request) {
        ObjectNode answer = Shapes.object();
        List<ImageId> deleted = new ArrayList<>();
        ArrayNode failures = Shapes.object().putArray("failures");
        registry.change(() -> {
            String repository =
                    Lookup.repository(registry, request.repositoryName()).name();
            Map<ImageId, List<Digest>> parents = parents(repository, request.imageIds());
            for (ImageId id : request.imageIds()) {
                Optional<ImageFailure> failure = refusal(repository, id, parents.getOrDefault(id, List.of()));
                failure.ifPresent(f -> Shapes.failure(failures, id, f.code(), f.reason()));
                if (failure.isEmpty()) {
                    deleted.addAll(remove(repository, id));
                }
            }
            return true;
        });
        ArrayNode ids = answer.putArray("imageIds");
        deleted.forEach(id -> ids.add(id.json()));
        answer.set("failures", failures);
        // inferred: one event for each entry that went; AWS publishes a sample with a tag only
        for (ImageId id : deleted) {
            id.digest()
                    .ifPresent(digest ->
                            events.imageAction("DELETE", request.repositoryName(), new Digest(digest), id.tag()));
        }
        return answer;
    }

    /**
     * Who lists the images before this call. Inferred: an index that goes in the same call still holds its children
     * (ecr-facts 6.1 found no answer, and advises a later call).
     */
    private Map<ImageId, List<Digest>> parents(String repository, List<ImageId> ids) {
        Map<ImageId, List<Digest>> parents = new HashMap<>();
        for (ImageId id : ids) {
            Lookup.image(registry, repository, id)
                    .ifPresent(image -> parents.put(id, registry.images().parents(repository, image.digest())));
        }
        return parents;
    }

    private Optional<ImageFailure> refusal(String repository, ImageId id, List<Digest> parents) {
        Optional<ImageFailure> malformed = ImageFailure.malformed(id);
        if (malformed.isPresent()) {
            return malformed;
        }
        Optional<Image> image = Lookup.image(registry, repository, id);
        if (image.isEmpty()) {
            boolean mismatch = id.digest().isPresent()
                    && id.tag()
                            .flatMap(tag -> registry.images().tag(repository, tag))
                            .isPresent();
            return Optional.of(
                    mismatch
                            ? new ImageFailure(
                                    "ImageTagDoesNotMatchDigest", "The tag and the digest name different images")
                            : ImageFailure.NOT_FOUND);
        }
        boolean imageGoes = id.tag().isEmpty()
                || registry.images().tagsOf(repository, image.get().digest()).size() == 1;
        if (imageGoes && !parents.isEmpty()) {
            String list = parents.stream().map(Digest::value).collect(Collectors.joining(", ", "[", "]"));
            return Optional.of(new ImageFailure(
                    "ImageReferencedByManifestList", "Requested image referenced by manifest list: " + list));
        }
        return Optional.empty();
    }

    /** What went, one entry for each tag. */
    private List<ImageId> remove(String repository, ImageId id) {
        Digest digest = Lookup.requireImage(registry, repository, id).digest();
        List<String> tags = registry.images().tagsOf(repository, digest);
        if (id.tag().isPresent() && tags.size() > 1) {
            registry.images().untag(repository, id.tag().get());
            return List.of(ImageId.of(digest, id.tag()));
        }
        registry.images().remove(repository, digest);
        return tags.isEmpty()
                ? List.of(ImageId.of(digest, Optional.empty()))
                : tags.stream().map(tag -> ImageId.of(digest, Optional.of(tag))).toList();
    }
}
