package dev.larder.functions.ecr;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the manifests of Docker's schema 2 and of the OCI image specification. */
final class ManifestReader {
    private ManifestReader() {}

    /**
     * Reads one.
     *
     * @throws CacheException when it is none, with what was found
     */
    static CachedManifest read(Digest digest, String mediaType, String content) {
        try {
            Map<String, Object> root = JSON.std.mapFrom(content);
            List<CachedManifest.Child> children = new ArrayList<>();
            for (Object child : list(root.get("manifests"))) {
                Object said = map(child).get("platform");
                Optional<Platform> platform = platform(said);
                children.add(new CachedManifest.Child(digest(child), platform, said != null && platform.isEmpty()));
            }
            List<CachedManifest.Blob> blobs = new ArrayList<>();
            if (root.get("config") != null) {
                blobs.add(blob(root.get("config")));
            }
            for (Object layer : list(root.get("layers"))) {
                if (isHeldByRegistries(layer)) {
                    blobs.add(blob(layer));
                }
            }
            return new CachedManifest(digest, mediaType, content, children, blobs);
        } catch (IOException | IllegalArgumentException e) {
            throw CacheException.unreadable("manifest " + digest + " of media type " + mediaType, e);
        }
    }

    /** Windows' base layers come from Microsoft, by the {@code urls} in the manifest (OCI image specification, layer.md). */
    private static boolean isHeldByRegistries(Object layer) {
        String type = String.valueOf(map(layer).get("mediaType"));
        return !type.contains("foreign") && !type.contains("nondistributable");
    }

    private static CachedManifest.Blob blob(Object descriptor) {
        Object size = map(descriptor).get("size");
        if (!(size instanceof Number number)) {
            throw new IllegalArgumentException("a descriptor without a size: " + descriptor);
        }
        return new CachedManifest.Blob(digest(descriptor), number.longValue());
    }

    private static Digest digest(Object descriptor) {
        return new Digest(String.valueOf(map(descriptor).get("digest")));
    }

    private static Optional<Platform> platform(@org.jspecify.annotations.Nullable Object platform) {
        if (platform == null) {
            return Optional.empty();
        }
        Map<?, ?> fields = map(platform);
        String os = String.valueOf(fields.get("os"));
        String architecture = String.valueOf(fields.get("architecture"));
        if (os.equals("unknown") || architecture.equals("unknown")) {
            return Optional.empty();
        }
        Object variant = fields.get("variant");
        return Optional.of(Platform.parse(os + "/" + architecture + (variant == null ? "" : "/" + variant)));
    }

    private static Map<?, ?> map(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("expected an object, found " + value);
    }

    private static List<?> list(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
