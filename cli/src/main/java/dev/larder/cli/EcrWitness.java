package dev.larder.cli;

import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** ECR's own time of an image's last pull, by {@code DescribeImages}, which is no pull. */
record EcrWitness(EcrClient client) {
    /**
     * What ECR says.
     *
     * @param lastPull absent when there was none, or when the image is not in the cache
     * @param note why there is no time; absent when there is one
     */
    record Answer(Optional<Instant> lastPull, Optional<String> note) {
        private static Answer none(String note) {
            return new Answer(Optional.empty(), Optional.of(note));
        }
    }

    /** Asks. What the record says is worth reading even when ECR does not answer. */
    Answer lastPullOf(ImageReference image) {
        try {
            Optional<Instant> last = client
                    .describeImages(describe ->
                            describe.repositoryName(image.repository().value()).imageIds(id(image)))
                    .imageDetails()
                    .stream()
                    .map(ImageDetail::lastRecordedPullTime)
                    .filter(Objects::nonNull)
                    .findFirst();
            return last.isPresent() ? new Answer(last, Optional.empty()) : Answer.none("never");
        } catch (RepositoryNotFoundException | ImageNotFoundException gone) {
            return Answer.none("not in the cache");
        } catch (SdkException e) {
            return Answer.none("could not ask ECR: " + e.getMessage());
        }
    }

    private static ImageIdentifier id(ImageReference image) {
        return switch (image) {
            case Tagged(var repository, var tag) ->
                ImageIdentifier.builder().imageTag(tag.value()).build();
            case Digested(var repository, var digest) ->
                ImageIdentifier.builder().imageDigest(digest.value()).build();
        };
    }
}
