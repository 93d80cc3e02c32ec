package dev.larder.functions.usage;

import dev.larder.functions.Remembered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How many messages with pulls could not be recorded, and wait among the dead letters. */
public final class DeadLetteredPulls implements LongSupplier {
    private final Remembered<Long> count;

    /**
     * Takes where they wait.
     *
     * @param queueUrl of the dead letters of pulls
     * @param time for how long a count is good
     */
    public DeadLetteredPulls(SqsClient client, String queueUrl, Duration time, InstantSource clock) {
        this.count = new Remembered<>(() -> count(client, queueUrl), time, clock);
    }

    private static long count(SqsClient client, String queueUrl) {
        return Long.parseLong(client.getQueueAttributes(
                        get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
    }

    /** @throws software.amazon.awssdk.core.exception.SdkException when SQS does not say */
    @Override
    public long getAsLong() {
        return count.get();
    }
}
