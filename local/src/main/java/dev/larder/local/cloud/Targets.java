package dev.larder.local.cloud;

import dev.larder.local.aws.AwsException;
import dev.larder.local.bus.Deliveries;
import dev.larder.local.lambda.AsyncInvocations;
import dev.larder.local.sqs.Sqs;

/** Where rules and schedules send: queues and functions. */
record Targets(Sqs sqs, AsyncInvocations functions) implements Deliveries {
    @Override
    public void deliver(String targetArn, String payload) {
        String[] arn = targetArn.split(":", 7);
        switch (arn.length > 5 ? arn[2] : "") {
            case "sqs" -> sqs.send(arn[5], payload);
            case "lambda" -> functions.invoke(targetArn, payload);
            default ->
                throw new AwsException(
                        400, "ValidationException", "the local cloud delivers to SQS and Lambda, not to " + targetArn);
        }
    }
}
