package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Source {@code aws.inspector2}, detail-type {@code Inspector2 Scan}: an enhanced scan of an image ended.
 *
 * @param repository read from the ARN that Inspector writes as the repository's name
 * @param status for instance {@code INITIAL_SCAN_COMPLETE}
 * @param severityCounts findings by severity, {@code TOTAL} included
 */
public record InspectorScan(
        Envelope envelope,
        RepositoryName repository,
        Optional<Digest> digest,
        List<Tag> tags,
        String status,
        Map<String, Integer> severityCounts)
        implements EcrEvent {
    /** Copies the collections. */
    public InspectorScan {
        tags = List.copyOf(tags);
        severityCounts = Map.copyOf(severityCounts);
    }
}
