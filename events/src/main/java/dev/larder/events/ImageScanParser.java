package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ECR Image Scan}. */
final class ImageScanParser {
    private ImageScanParser() {}

    static ImageScan parse(Envelope envelope, JsonObject detail) throws MalformedEventException {
        return new ImageScan(
                envelope,
                detail.value("repository-name", "a repository name", RepositoryName::new),
                detail.optional("image-digest", Digest::new),
                detail.values("image-tags", Tag::new),
                detail.text("scan-status"),
                severityCounts(detail));
    }

    static Map<String, Integer> severityCounts(JsonObject detail) throws MalformedEventException {
        Optional<JsonObject> counts = detail.optionalObject("finding-severity-counts");
        return counts.isEmpty() ? Map.of() : counts.get().counts();
    }
}
