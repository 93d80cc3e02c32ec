package dev.larder.local.ecr;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.Manifest;

/** Gives the manifest that a client asks for, from the cache or, under a rule, through it from the upstream. */
public interface ImageSource {
    /**
     * The image, imported or checked upstream first when ECR would do so.
     *
     * @param reference a tag or a digest
     * @throws ImageUnavailableException when there is none, with the failure code that {@code BatchGetImage} reports
     * @throws dev.larder.local.aws.AwsException {@code RepositoryNotFoundException}, {@code
     *     UnableToGetUpstreamImageException}
     */
    Manifest get(String repository, String reference) throws ImageUnavailableException;

    /**
     * Imports what the upstream has that refers to an image, when ECR would do so.
     *
     * @throws dev.larder.local.aws.AwsException {@code UnableToListUpstreamImageReferrersException}
     */
    default void bringReferrers(String repository, Digest subject) {}
}
