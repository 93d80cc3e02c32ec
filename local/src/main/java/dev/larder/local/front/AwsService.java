package dev.larder.local.front;

import dev.larder.local.aws.AwsException;

/** One AWS service, as it answers HTTP requests. */
@FunctionalInterface
public interface AwsService {
    /**
     * Answers a request.
     *
     * @throws AwsException which the front writes in the shape of the caller's protocol
     */
    Reply handle(Call call);

    /** The action that a request asks for, as IAM knows it; empty when the service does not say. */
    default String action(Call call) {
        return call.action();
    }
}
