package dev.larder.domain.desired;

import java.util.List;

/**
 * Whether tags may move, in the words of ECR's API.
 *
 * @param setting {@code MUTABLE}, {@code IMMUTABLE}, or one of them {@code _WITH_EXCLUSION}
 * @param exclusions the patterns of the excluded tags
 */
public record TagMutability(String setting, List<String> exclusions) {
    /** Sorts the exclusions. */
    public TagMutability {
        exclusions = exclusions.stream().sorted().toList();
    }

    /** Whether every tag may move. */
    public boolean isMutable() {
        return setting.equals("MUTABLE");
    }

    @Override
    public String toString() {
        return exclusions.isEmpty() ? setting : setting + " of " + String.join(", ", exclusions);
    }
}
