package dev.larder.infra;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.CreateAlarmOptions;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricProps;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/**
 * Alarms on what the usage record lacks, by metrics that {@code UsageKeeper} writes when it reconciles. Whoever deletes by
 * the record has to know when it is none.
 */
final class UsageAlarms extends Construct {
    /** As the functions' {@code Metrics} have it. */
    static final String NAMESPACE = "Larder";

    /** The one dimension. */
    static final String FUNCTION = "Function";

    /** 1 when the account has no trail that logs pulls, else 0. */
    static final String TRAIL_MISSING = "TrailMissing";

    /** How many times the record turned out to lack pulls. */
    static final String RECORD_GAPS = "RecordGaps";

    /** From one reconciliation to the next. */
    private static final Duration PERIOD = Duration.hours(6);

    /** A run that is late leaves a period empty: the one before it still counts, so that an alarm does not flicker. */
    private static final int PERIODS = 2;

    UsageAlarms(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        String function = deployment.physicalName(UsageKeeping.FUNCTION);
        alarm(
                TRAIL_MISSING,
                function,
                "No CloudTrail trail of this account logs pulls, so that Larder's usage record has none: let a trail that is"
                        + " on log management events that read, ECR's included (docs/operations.md, The record).");
        alarm(
                RECORD_GAPS,
                function,
                "Larder's usage record lacks pulls: ECR saw some that CloudTrail's events did not bring, or some could not"
                        + " be recorded (docs/operations.md, The record).");
    }

    private Alarm alarm(String metric, String function, String description) {
        return new Metric(MetricProps.builder()
                        .namespace(NAMESPACE)
                        .metricName(metric)
                        .dimensionsMap(Map.of(FUNCTION, UsageKeeping.FUNCTION))
                        .statistic("Maximum")
                        .period(PERIOD)
                        .build())
                .createAlarm(
                        this,
                        metric,
                        CreateAlarmOptions.builder()
                                .alarmName(function + "-" + metric)
                                .alarmDescription(description)
                                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                                .threshold(1)
                                .evaluationPeriods(PERIODS)
                                .datapointsToAlarm(1)
                                .treatMissingData(TreatMissingData.NOT_BREACHING)
                                .build());
    }
}
