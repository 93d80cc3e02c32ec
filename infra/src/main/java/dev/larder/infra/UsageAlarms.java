package dev.larder.infra;

import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * Alarms on what the usage record lacks, by metrics that {@code UsageKeeper} writes when it reconciles. Whoever deletes by
 * the record has to know when it is none.
 */
final class UsageAlarms extends Construct {
    /** 1 when the account has no trail that is seen to log pulls, else 0. */
    static final String TRAIL_MISSING = "TrailMissing";

    /** How many times the record turned out to lack pulls. */
    static final String RECORD_GAPS = "RecordGaps";

    /** From one reconciliation to the next. */
    private static final Duration PERIOD = Duration.hours(6);

    private static final int PERIODS = 2;

    UsageAlarms(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        alarm(
                TRAIL_MISSING,
                "No CloudTrail trail of this account is seen to log pulls, so that Larder's usage record has none, or nobody"
                        + " knows: let a trail that is on log management events that read, ECR's included, and let"
                        + " UsageKeeper read it (docs/operations.md, The record).",
                deployment);
        alarm(
                RECORD_GAPS,
                "Larder's usage record lacks pulls: ECR saw some that CloudTrail's events did not bring, or some could not"
                        + " be recorded (docs/operations.md, The record).",
                deployment);
    }

    private void alarm(String metric, String description, Deployment deployment) {
        new MetricAlarm(UsageKeeping.FUNCTION, metric, "Maximum", PERIOD, PERIODS, description)
                .declare(this, deployment);
    }
}
