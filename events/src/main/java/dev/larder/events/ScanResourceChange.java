package dev.larder.events;

import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Optional;

/**
 * Detail-type {@code ECR Scan Resource Change}: with enhanced scanning, how often repositories are scanned has changed,
 * or an image came or went.
 *
 * @param action for instance {@code SCAN_FREQUENCY_CHANGE}
 * @param resourceType for instance {@code REPOSITORY}
 * @param scanType for instance {@code ENHANCED}
 * @param repositories those it is about, in the event's order
 */
public record ScanResourceChange(
        Envelope envelope,
        String action,
        Optional<String> resourceType,
        Optional<String> scanType,
        List<ScannedRepository> repositories)
        implements EcrEvent {
    /** Copies the list. */
    public ScanResourceChange {
        repositories = List.copyOf(repositories);
    }

    /**
     * A repository and how often it is scanned.
     *
     * @param frequency for instance {@code CONTINUOUS_SCAN}
     * @param previousFrequency what it was before
     */
    public record ScannedRepository(
            RepositoryName repository, Optional<String> frequency, Optional<String> previousFrequency) {}
}
