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
 * An alarm on one of Larder's own metrics, raised by a period in which its statistic is 1 or more.
 *
 * @param function the id of the function that writes the metric
 * @param metric as the functions' {@code Metrics} have it
 * @param statistic {@code Maximum}: one run is enough; {@code Minimum}: each run of a period
 * @param periods how many periods back one raises the alarm: with 2, a run that is late does not make it flicker
 * @param description what has happened and what to do
 */
record MetricAlarm(String function, String metric, String statistic, Duration period, int periods, String description) {
    /** As the functions' {@code Metrics} have it. */
    static final String NAMESPACE = "Larder";

    /** The one dimension: the function's name in the account. */
    static final String DIMENSION = "Function";

    /** Declares it, named after its function and metric. */
    Alarm declare(Construct scope, Deployment deployment) {
        return new Metric(MetricProps.builder()
                        .namespace(NAMESPACE)
                        .metricName(metric)
                        .dimensionsMap(Map.of(DIMENSION, deployment.physicalName(function)))
                        .statistic(statistic)
                        .period(period)
                        .build())
                .createAlarm(
                        scope,
                        metric,
                        CreateAlarmOptions.builder()
                                .alarmName(deployment.physicalName(function) + "-" + metric)
                                .alarmDescription(description)
                                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                                .threshold(1)
                                .evaluationPeriods(periods)
                                .datapointsToAlarm(1)
                                .treatMissingData(TreatMissingData.NOT_BREACHING)
                                .build());
    }
}
