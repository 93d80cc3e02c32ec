package dev.larder.local.ecr.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository creation template, in the words of {@code CreateRepositoryCreationTemplate}. */
public record Template(
        String prefix,
        Optional<String> description,
        List<String> appliedFor,
        Optional<String> tagMutability,
        List<String> exclusions,
        Optional<String> encryption,
        Optional<String> kmsKey,
        Map<String, String> resourceTags,
        Optional<String> repositoryPolicy,
        Optional<String> lifecyclePolicy,
        Optional<String> customRoleArn,
        Instant createdAt,
        Instant updatedAt) {
    /** Copies the lists. */
    public Template {
        appliedFor = List.copyOf(appliedFor);
        exclusions = List.copyOf(exclusions);
        resourceTags = Map.copyOf(resourceTags);
    }

    /** The repository that this template makes. */
    Repository repository(String name, Instant at) {
        return new Repository(
                name,
                at,
                tagMutability.orElse("MUTABLE"),
                exclusions,
                false,
                encryption.orElse("AES256"),
                kmsKey,
                resourceTags);
    }
}
