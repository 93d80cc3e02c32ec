package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.BlobMismatchException;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Uploads.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Pushing a layer in parts. */
final class UploadActions {
    /** What ECR asks clients to send at a time. */
    private static final long PART_BYTES = 10_485_760;

    private static final int LEAST_BYTES = 5 << 20;
    private static final int MOST_BYTES = 20_971_520;

    private final EcrRegistry registry;
    private final InstantSource clock;

    UploadActions(EcrRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of(
                "InitiateLayerUpload", this::initiate,
                "UploadLayerPart", this::upload,
                "CompleteLayerUpload", this::complete);
    }

    private ObjectNode initiate(Request request) {
        Lookup.repository(registry, request.repositoryName());
        Upload upload = registry.uploads().start(request.repositoryName(), clock.instant());
        return Shapes.object().put("uploadId", upload.id()).put("partSize", PART_BYTES);
    }

    private ObjectNode upload(Request request) {
        byte[] part = part(request);
        Upload longer = registry.change(() -> {
            Upload upload = find(request);
            long first = request.input().path("partFirstByte").asLong();
            long last = request.input().path("partLastByte").asLong();
            if (first != upload.bytes() || last - first + 1 != part.length) {
                throw Errors.error(
                        "InvalidLayerPartException",
                        "The part with bytes " + first + " to " + last + " has " + part.length + " bytes and follows "
                                + upload.bytes() + " bytes of the upload");
            }
            if (upload.smallPart()) {
                throw tooSmall();
            }
            return registry.uploads().append(upload, part, part.length < LEAST_BYTES);
        });
        return Lookup.answer(registry, request)
                .put("uploadId", longer.id())
                .put("lastByteReceived", longer.bytes() - 1);
    }

    private ObjectNode complete(Request request) {
        Upload upload = find(request);
        List<String> digests = request.texts("layerDigests");
        String digest = digests.getFirst();
        if (!Digest.isDigest(digest)) {
            throw Errors.invalid("layerDigests", "must be sha256: and 64 lower-case hex digits");
        }
        if (upload.bytes() == 0) {
            throw Errors.error("EmptyUploadException", "The upload " + upload.id() + " has no parts");
        }
        if (registry.hasLayer(upload.repository(), new Digest(digest))) {
            throw Errors.error(
                    "LayerAlreadyExistsException",
                    "The layer with digest '" + digest + "' is in the repository '" + upload.repository()
                            + "' already");
        }
        try {
            registry.uploads().complete(upload, new Digest(digest));
        } catch (BlobMismatchException e) {
            throw Errors.error("InvalidLayerException", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("could not complete the upload " + upload.id(), e);
        }
        return Lookup.answer(registry, request).put("uploadId", upload.id()).put("layerDigest", digest);
    }

    private Upload find(Request request) {
        Lookup.repository(registry, request.repositoryName());
        String id = request.text("uploadId");
        return registry.uploads()
                .find(request.repositoryName(), id)
                .orElseThrow(() -> Errors.error(
                        "UploadNotFoundException",
                        "The upload '" + id + "' does not exist for the repository '" + request.repositoryName()
                                + "'"));
    }

    private static byte[] part(Request request) {
        byte[] part;
        try {
            part = Base64.getDecoder().decode(request.text("layerPartBlob"));
        } catch (IllegalArgumentException e) {
            throw Errors.invalid("layerPartBlob", "must be Base64 text");
        }
        if (part.length == 0 || part.length > MOST_BYTES) {
            throw Errors.invalid("layerPartBlob", "must have 1 to " + MOST_BYTES + " bytes");
        }
        return part;
    }

    private static dev.larder.local.aws.AwsException tooSmall() {
        return Errors.error(
                "LayerPartTooSmallException", "Every part but the last must have at least " + LEAST_BYTES + " bytes");
    }
}
