package dev.larder.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PolicyStatementProps;
import software.amazon.awscdk.services.iam.PrincipalBase;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.RoleProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleProps;
import software.constructs.Construct;

/** An EventBridge schedule that invokes a function, and the role with which it does. */
final class FunctionSchedule extends Construct {
    /** A sweep that is this late is better left to the next one. */
    private static final Duration OLDEST = Duration.hours(1);

    private static final int RETRIES = 5;

    /**
     * Declares the schedule and its role.
     *
     * @param name the schedule's name in the account
     */
    FunctionSchedule(
            Construct scope,
            String id,
            Deployment deployment,
            String name,
            TaskSchedule when,
            LiveFunction function,
            DeadLetters deadLetters) {
        super(scope, id);
        String target = function.alias().getFunctionArn();
        String failures = deadLetters.queue().getQueueArn();
        Role role = new Role(
                this,
                "Role",
                RoleProps.builder().assumedBy(scheduler(deployment)).build());
        role.addToPolicy(allow("lambda:InvokeFunction", target));
        role.addToPolicy(allow("sqs:SendMessage", failures));
        CfnSchedule schedule = new CfnSchedule(
                this,
                "Schedule",
                CfnScheduleProps.builder()
                        .name(name)
                        .scheduleExpression(when.expression())
                        .scheduleExpressionTimezone("UTC")
                        .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                                .mode("OFF")
                                .build())
                        .target(CfnSchedule.TargetProperty.builder()
                                .arn(target)
                                .roleArn(role.getRoleArn())
                                .input(input(when.task()))
                                .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                        .maximumEventAgeInSeconds(OLDEST.toSeconds())
                                        .maximumRetryAttempts(RETRIES)
                                        .build())
                                .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                        .arn(failures)
                                        .build())
                                .build())
                        .build());
        // the role's permissions must be there when the schedule first fires
        schedule.getNode().addDependency(role);
    }

    /** Scheduler, for schedules of this account only. */
    private static PrincipalBase scheduler(Deployment deployment) {
        return new ServicePrincipal("scheduler.amazonaws.com")
                .withConditions(Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", deployment.cell().account())));
    }

    /** The event, in which Scheduler fills in what is between angle brackets. */
    private static String input(String task) {
        return """
                {"source":"larder.scheduler","task":"%s","scheduledTime":"<aws.scheduler.scheduled-time>",\
                "executionId":"<aws.scheduler.execution-id>","attempt":"<aws.scheduler.attempt-number>"}""".formatted(task);
    }

    private static PolicyStatement allow(String action, String resource) {
        return new PolicyStatement(PolicyStatementProps.builder()
                .actions(List.of(action))
                .resources(List.of(resource))
                .build());
    }
}
