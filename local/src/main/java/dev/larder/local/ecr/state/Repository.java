package dev.larder.local.ecr.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A repository's settings.
 *
 * @param tagMutability {@code MUTABLE}, {@code IMMUTABLE}, or one of the two {@code _WITH_EXCLUSION}
 * @param exclusions the wildcards of {@code imageTagMutabilityExclusionFilters}
 * @param encryption {@code AES256}, {@code KMS} or {@code KMS_DSSE}
 * @param tags the resource's tags, not the images'
 */
public record Repository(
        String name,
        Instant createdAt,
        String tagMutability,
        List<String> exclusions,
        boolean scanOnPush,
        String encryption,
        Optional<String> kmsKey,
        Map<String, String> tags) {
    /** Copies the lists, tags sorted. */
    public Repository {
        exclusions = List.copyOf(exclusions);
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** What ECR creates when nobody asks for more: tags can move, AES256, no scan on push. */
    public static Repository withDefaults(String name, Instant createdAt) {
        return new Repository(name, createdAt, "MUTABLE", List.of(), false, "AES256", Optional.empty(), Map.of());
    }

    /** The same repository with another mutability. */
    public Repository withTagMutability(String mutability, List<String> filters) {
        return new Repository(name, createdAt, mutability, filters, scanOnPush, encryption, kmsKey, tags);
    }

    /** The same repository with another {@code scanOnPush}. */
    public Repository withScanOnPush(boolean scan) {
        return new Repository(name, createdAt, tagMutability, exclusions, scan, encryption, kmsKey, tags);
    }

    /** The same repository with other tags. */
    public Repository withTags(Map<String, String> other) {
        return new Repository(name, createdAt, tagMutability, exclusions, scanOnPush, encryption, kmsKey, other);
    }

    /** Whether a tag that is taken may move to another image. */
    public boolean mayMove(String tag) {
        boolean excluded = exclusions.stream().anyMatch(filter -> Wildcard.matches(filter, tag));
        return switch (tagMutability) {
            case "IMMUTABLE" -> false;
            case "IMMUTABLE_WITH_EXCLUSION" -> excluded;
            case "MUTABLE_WITH_EXCLUSION" -> !excluded;
            default -> true;
        };
    }
}
