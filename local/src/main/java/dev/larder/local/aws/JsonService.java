package dev.larder.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A service of the AWS JSON 1.0 or 1.1 protocol: an action and an object in, an object out. */
public interface JsonService {
    /**
     * Performs one call.
     *
     * @param action the operation's name, for instance {@code BatchGetImage}
     * @throws AwsException for every modelled error, and {@code UnknownOperationException} for an action that this
     *     stand-in does not imitate, named in the message
     */
    ObjectNode call(String action, ObjectNode input, Caller caller, Via via);

    /** How the call reached the service: CloudTrail tells a registry client's call from a direct one. */
    enum Via {
        /** The AWS API, with the SDK, boto3 or the AWS CLI. */
        API,
        /** The registry endpoint, with docker, skopeo or another OCI client. */
        REGISTRY
    }
}
