package dev.larder.local.bus;

/** Takes what a rule or a schedule sends to a target. */
@FunctionalInterface
public interface Deliveries {
    /**
     * Sends to a queue, or invokes a function asynchronously.
     *
     * @throws dev.larder.local.aws.AwsException when there is no such target
     */
    void deliver(String targetArn, String payload);
}
