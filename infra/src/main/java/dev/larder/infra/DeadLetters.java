package dev.larder.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CreateAlarmOptions;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.QueueProps;
import software.constructs.Construct;

/** Where messages go that nobody could handle: kept for 14 days, and an alarm as soon as one is there. */
final class DeadLetters extends Construct {
    private static final Duration KEPT = Duration.days(14);

    private final Queue queue;

    /**
     * Declares the queue and its alarm.
     *
     * @param name the queue's name in the account
     */
    DeadLetters(Construct scope, String id, String name) {
        super(scope, id);
        queue = new Queue(
                this,
                "Queue",
                QueueProps.builder()
                        .queueName(name)
                        .retentionPeriod(KEPT)
                        .encryption(QueueEncryption.SQS_MANAGED)
                        .build());
        alarm(name);
    }

    /** The queue itself. */
    Queue queue() {
        return queue;
    }

    private Alarm alarm(String name) {
        return queue.metricApproximateNumberOfMessagesVisible(MetricOptions.builder()
                        .period(Duration.minutes(1))
                        .statistic("Maximum")
                        .build())
                .createAlarm(
                        this,
                        "Alarm",
                        CreateAlarmOptions.builder()
                                .alarmName(name)
                                .alarmDescription("Larder could not handle a message: read it in the queue " + name
                                        + ", mend the cause, then redrive it.")
                                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                                .threshold(0)
                                .evaluationPeriods(1)
                                .treatMissingData(TreatMissingData.NOT_BREACHING)
                                .build());
    }
}
