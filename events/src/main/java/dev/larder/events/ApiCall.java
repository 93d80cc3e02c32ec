package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import java.util.List;
import java.util.Optional;

/**
 * Detail-type {@code AWS API Call via CloudTrail}, source {@code aws.ecr}: someone called ECR's API, or a client pulled
 * through the registry's protocol, which CloudTrail records as the same calls.
 */
public sealed interface ApiCall extends Event {
    /** Who, when, and whether it succeeded. */
    CallRecord call();

    /** The repository that was named. */
    RepositoryName repository();

    /**
     * Manifests were fetched: a pull.
     *
     * @param imageIds those that name an image; at least one. ECR answers an invalid tag or digest with a failure per
     *     image ({@code InvalidImageTag}, {@code InvalidImageDigest}) and not with an error, so such ids occur in calls
     *     that succeeded; they are left out
     */
    record BatchGetImage(CallRecord call, RepositoryName repository, List<ImageId> imageIds) implements ApiCall {
        /** Copies the list. */
        public BatchGetImage {
            imageIds = List.copyOf(imageIds);
        }
    }

    /** A layer that the client lacked was fetched. */
    record GetDownloadUrlForLayer(CallRecord call, RepositoryName repository, Digest layer) implements ApiCall {}

    /**
     * Images were deleted. The answer with its failures is not recorded: who needs to know asks ECR.
     *
     * @param imageIds those that name an image; at least one
     */
    record BatchDeleteImage(CallRecord call, RepositoryName repository, List<ImageId> imageIds) implements ApiCall {
        /** Copies the list. */
        public BatchDeleteImage {
            imageIds = List.copyOf(imageIds);
        }
    }

    /**
     * A lifecycle policy was set.
     *
     * @param policy its JSON; absent where CloudTrail left it out
     */
    record PutLifecyclePolicy(CallRecord call, RepositoryName repository, Optional<String> policy) implements ApiCall {}

    /** A repository was made, by a person or by ECR for a first pull. */
    record CreateRepository(CallRecord call, RepositoryName repository) implements ApiCall {}
}
