package dev.larder.local.registry;

import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.ecr.BlobStore;
import java.io.IOException;
import java.util.Map;

/** Leads a request to what answers it. */
final class RegistryResources {
    private final ManifestResource manifests;
    private final BlobResource blobs;
    private final TagsResource tags;
    private final ReferrersResource referrers;

    RegistryResources(JsonService ecr, BlobStore store) {
        this.manifests = new ManifestResource(ecr);
        this.blobs = new BlobResource(ecr, store);
        this.tags = new TagsResource(ecr);
        this.referrers = new ReferrersResource(ecr);
    }

    /** @throws RegistryException for every refusal */
    RegistryReply answer(RegistryRequest request, Caller caller, boolean anonymous) throws IOException {
        RegistryRoute route = RegistryRoute.parse(request.path());
        if (!request.isRead()) {
            throw refusedWrite(route, request);
        }
        return switch (route) {
            case RegistryRoute.Base base -> base(anonymous);
            case RegistryRoute.ManifestOf manifest -> manifests.get(manifest, request, caller);
            case RegistryRoute.BlobOf blob -> blobs.get(blob, request, caller);
            case RegistryRoute.TagsOf of -> tags.get(of, request, caller);
            case RegistryRoute.ReferrersOf of -> referrers.get(of, request, caller);
            case RegistryRoute.UploadTo upload -> throw refusedWrite(upload, request);
            case RegistryRoute.Catalog catalog ->
                throw unsupported("the catalog is not served here; use aws ecr describe-repositories");
        };
    }

    /**
     * ECR answers 401 to whoever has no token. Here only this probe does: it is what makes docker, skopeo and crane send
     * the login they have. Without one skopeo, crane, podman and containerd go on and may pull; docker wants a {@code
     * docker login} first.
     */
    private static RegistryReply base(boolean anonymous) {
        if (anonymous) {
            throw new RegistryException(401, "UNAUTHORIZED", "Not Authorized");
        }
        return RegistryReply.bytes(200, Map.of("Content-Type", "application/json"), new byte[] {'{', '}'});
    }

    private static RegistryException refusedWrite(RegistryRoute route, RegistryRequest request) {
        return switch (route) {
            case RegistryRoute.UploadTo upload -> push();
            case RegistryRoute.ManifestOf manifest when request.method().equals("DELETE") -> delete();
            case RegistryRoute.ManifestOf manifest -> push();
            case RegistryRoute.BlobOf blob -> delete();
            case RegistryRoute.Base base -> unsupported(request.method() + " is not served here");
            case RegistryRoute.TagsOf of -> unsupported(request.method() + " of tags is not served here");
            case RegistryRoute.ReferrersOf of -> unsupported(request.method() + " of referrers is not served here");
            case RegistryRoute.Catalog catalog -> unsupported(request.method() + " of the catalog is not served here");
        };
    }

    private static RegistryException push() {
        return unsupported("pushes are not served here: push to the upstream, or use aws ecr put-image");
    }

    private static RegistryException delete() {
        return unsupported("deletes are not served here: use aws ecr batch-delete-image");
    }

    private static RegistryException unsupported(String message) {
        return new RegistryException(405, "UNSUPPORTED", message);
    }
}
