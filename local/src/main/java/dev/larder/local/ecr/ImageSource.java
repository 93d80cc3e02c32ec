package dev.larder.local.ecr;

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
}
