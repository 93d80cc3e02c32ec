package dev.larder.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.QueueProps;
import software.constructs.Construct;

/** A queue whose messages go to a dead-letter queue when they were received three times and never deleted. */
final class DeadLetteredQueue extends Construct {
    private static final int RECEIVES = 3;

    /** How many times a function's timeout a message stays invisible: AWS's advice for Lambda on SQS. */
    private static final int VISIBILITY_PER_TIMEOUT = 6;

    private final Queue queue;
    private final DeadLetters deadLetters;

    /**
     * Declares both queues.
     *
     * @param id {@code Pulls}, {@code CacheEvents} or {@code WarmOrders}
     * @param consumerTimeout the timeout of the function that reads the queue
     */
    DeadLetteredQueue(Construct scope, String id, Deployment deployment, Duration consumerTimeout) {
        super(scope, id);
        String name = deployment.physicalName(id);
        deadLetters = new DeadLetters(this, "DeadLetters", name + "-DeadLetters");
        queue = new Queue(
                this,
                "Queue",
                QueueProps.builder()
                        .queueName(name)
                        .encryption(QueueEncryption.SQS_MANAGED)
                        .visibilityTimeout(Duration.seconds(VISIBILITY_PER_TIMEOUT
                                * consumerTimeout.toSeconds().intValue()))
                        .deadLetterQueue(DeadLetterQueue.builder()
                                .queue(deadLetters.queue())
                                .maxReceiveCount(RECEIVES)
                                .build())
                        .build());
    }

    /** The queue itself. */
    Queue queue() {
        return queue;
    }

    /** Where its messages end when nobody can handle them. */
    Queue deadLetters() {
        return deadLetters.queue();
    }

    /** Lets a function put messages in. */
    void grantSend(LiveFunction function) {
        function.allow(List.of("sqs:SendMessage"), List.of(queue.getQueueArn()));
    }

    /** Lets a function see how many messages nobody could handle. */
    void grantCountDeadLetters(LiveFunction function) {
        function.allow(
                List.of("sqs:GetQueueAttributes"), List.of(deadLetters.queue().getQueueArn()));
    }
}
