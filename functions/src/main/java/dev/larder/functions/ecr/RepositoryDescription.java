package dev.larder.functions.ecr;

import dev.larder.domain.desired.TagMutability;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * What ECR lists of a repository, many in one call (DescribeRepositories).
 *
 * @param arn of the repository
 * @param scanOnPush whether what comes in is scanned
 * @param kmsKey the key's ARN; empty when ECR encrypts by itself
 */
public record RepositoryDescription(
        String arn, TagMutability tagMutability, boolean scanOnPush, Optional<String> kmsKey) {
    static RepositoryDescription of(Repository repository) {
        return new RepositoryDescription(
                repository.repositoryArn(),
                EcrShapes.mutability(
                        repository.imageTagMutabilityAsString(), repository.imageTagMutabilityExclusionFilters()),
                repository.imageScanningConfiguration() != null
                        && Boolean.TRUE.equals(
                                repository.imageScanningConfiguration().scanOnPush()),
                Optional.ofNullable(repository.encryptionConfiguration())
                        .flatMap(encryption -> Optional.ofNullable(encryption.kmsKey())));
    }
}
