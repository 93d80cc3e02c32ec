package dev.larder.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMappingProps;
import software.constructs.Construct;

/**
 * A function that reads a queue in batches. It answers with the messages that failed, so that only those come again;
 * that it reads the queue is all that its role may do at first.
 */
final class QueueFunction extends Construct {
    private final LiveFunction function;

    QueueFunction(
            Construct scope, Deployment deployment, FunctionSpec spec, DeadLetteredQueue queue, Batching batching) {
        super(scope, spec.id());
        function = new LiveFunction(this, "Live", deployment, spec, Optional.empty());
        function.allow(
                List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
                List.of(queue.queue().getQueueArn()));
        CfnEventSourceMappingProps.Builder mapping = CfnEventSourceMappingProps.builder()
                .functionName(function.alias().getFunctionArn())
                .eventSourceArn(queue.queue().getQueueArn())
                .batchSize(batching.size())
                .functionResponseTypes(List.of("ReportBatchItemFailures"));
        batching.window().map(Duration::toSeconds).ifPresent(mapping::maximumBatchingWindowInSeconds);
        batching.concurrency().map(QueueFunction::atMost).ifPresent(mapping::scalingConfig);
        new CfnEventSourceMapping(this, "Messages", mapping.build())
                .getNode()
                // the right to read the queue is asked for when the mapping is created
                .addDependency(function.role());
    }

    /** The function itself, to be granted what it needs. */
    LiveFunction function() {
        return function;
    }

    private static CfnEventSourceMapping.ScalingConfigProperty atMost(int concurrency) {
        return CfnEventSourceMapping.ScalingConfigProperty.builder()
                .maximumConcurrency(concurrency)
                .build();
    }
}
