package dev.larder.functions.lifecycle;

import dev.larder.domain.lifecycle.Group;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a run decided about one manifest.
 *
 * @param sizeBytes its part in what all of them have together: none for an index, as its images have it
 * @param piece of the run that dealt with it
 * @param reason the guard that keeps it, or why it goes, in a few words
 * @param evidence what was seen
 */
public record RunLine(
        RepositoryName repository,
        Digest digest,
        List<Tag> tags,
        OptionalLong sizeBytes,
        int piece,
        Outcome outcome,
        String reason,
        List<String> evidence) {
    /** What became of it. */
    public enum Outcome {
        /** It would go, were the rule enforced. */
        EVICT,
        /** It stays. */
        KEEP,
        /** It is gone. */
        EVICTED,
        /** It should go, and could not be deleted. */
        FAILED;

        /** The word in the table. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the lists. */
    public RunLine {
        tags = List.copyOf(tags);
        evidence = List.copyOf(evidence);
    }

    /** A line for a manifest. */
    static RunLine of(Manifest manifest, int piece, Outcome outcome, String reason, List<String> evidence) {
        return new RunLine(
                manifest.repository(),
                manifest.digest(),
                manifest.tags(),
                manifest.sizeBytes().isPresent() ? OptionalLong.of(Group.bytes(manifest)) : OptionalLong.empty(),
                piece,
                outcome,
                reason,
                evidence);
    }

    /** The same with what became of it. */
    RunLine as(Outcome now) {
        return new RunLine(repository, digest, tags, sizeBytes, piece, now, reason, evidence);
    }

    /** The same with what became of it, and why. */
    RunLine as(Outcome now, String why, String seen) {
        return new RunLine(repository, digest, tags, sizeBytes, piece, now, why, List.of(seen));
    }

    /** {@code repository@digest}. */
    public String image() {
        return repository + "@" + digest;
    }
}
