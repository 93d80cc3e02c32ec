package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detail-type {@code ECR Image Scan}: a basic scan ended.
 *
 * @param status {@code COMPLETE} or {@code FAILED}, as ECR words it
 * @param severityCounts findings by severity ({@code CRITICAL}, {@code HIGH}, ...); a severity without findings is absent
 */
public record ImageScan(
        Envelope envelope,
        RepositoryName repository,
        Optional<Digest> digest,
        List<Tag> tags,
        String status,
        Map<String, Integer> severityCounts)
        implements EcrEvent {
    /** Copies the collections. */
    public ImageScan {
        tags = List.copyOf(tags);
        severityCounts = Map.copyOf(severityCounts);
    }
}
