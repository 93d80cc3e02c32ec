package dev.larder.local.ecr.api;

import dev.larder.local.aws.AwsException;

/** ECR's modelled errors, with messages like its own. */
final class Errors {
    private static final int BAD_REQUEST = 400;

    private Errors() {}

    static AwsException error(String code, String message) {
        return new AwsException(BAD_REQUEST, code, message);
    }

    static AwsException invalid(String parameter, String constraint) {
        return error(
                "InvalidParameterException",
                "Invalid parameter at '" + parameter + "' failed to satisfy constraint: '" + constraint + "'");
    }

    /**
     * Too many calls of an action. No operation of ECR's model has it, as none has the errors that all of AWS shares; code,
     * text and status are those that ECR's callers report, and that ECS documents for itself ("Request throttling").
     */
    static AwsException throttled() {
        return error("ThrottlingException", "Rate exceeded");
    }

    static AwsException repositoryNotFound(String name, String account) {
        return error(
                "RepositoryNotFoundException",
                "The repository with name '" + name + "' does not exist in the registry with id '" + account + "'");
    }

    static AwsException imageNotFound(ImageId id, String name, String account) {
        return error(
                "ImageNotFoundException",
                "The image with imageId " + id + " does not exist within the repository with name '" + name
                        + "' in the registry with id '" + account + "'");
    }
}
