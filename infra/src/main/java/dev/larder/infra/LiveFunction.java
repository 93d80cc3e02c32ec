package dev.larder.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PolicyStatementProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.RoleProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.AliasProps;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionProps;
import software.amazon.awscdk.services.lambda.RecursiveLoop;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.LogGroupProps;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * A function from the zip with its role, its log group and the alias {@code live} on a published version, which is what
 * SnapStart needs. Its role may write to its own log, and nothing else until {@link #allow} says so.
 */
final class LiveFunction extends Construct {
    private static final int MEMORY_MEGABYTES = 1024;

    private final Role role;
    private final Alias alias;

    /**
     * Declares the function.
     *
     * @param deadLetters where the event of a failed asynchronous invocation goes; empty for a function that a queue
     *     fires, since the queue keeps its messages
     */
    LiveFunction(
            Construct scope, String id, Deployment deployment, FunctionSpec spec, Optional<DeadLetters> deadLetters) {
        super(scope, id);
        String name = deployment.physicalName(spec.id());
        LogGroup log = log(name);
        role = new Role(
                this,
                "Role",
                RoleProps.builder()
                        .roleName(deployment.roleName(spec.id()))
                        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                        .build());
        allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(log.getLogGroupArn()));
        FunctionProps.Builder props = FunctionProps.builder()
                .functionName(name)
                .code(deployment.code())
                .handler(spec.handler())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .memorySize(MEMORY_MEGABYTES)
                .timeout(spec.timeout())
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .environment(spec.environment())
                .role(role)
                .logGroup(log);
        // CDK lets the role send to the queue
        deadLetters.map(DeadLetters::queue).ifPresent((IQueue queue) -> props.deadLetterQueue(queue));
        if (spec.loops()) {
            props.recursiveLoop(RecursiveLoop.ALLOW);
        }
        Function function = new Function(this, "Function", props.build());
        // the warning asks for a published version, which the alias makes
        Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
        alias = new Alias(
                this,
                "Live",
                AliasProps.builder()
                        .aliasName("live")
                        .version(function.getCurrentVersion())
                        .build());
    }

    /** What fires the function must point here: only a published version starts from a snapshot. */
    Alias alias() {
        return alias;
    }

    /** The role that the function's calls are made with. */
    Role role() {
        return role;
    }

    /** Lets the function do these actions on these resources, and no more. */
    void allow(List<String> actions, List<String> resources) {
        role.addToPolicy(new PolicyStatement(PolicyStatementProps.builder()
                .actions(actions)
                .resources(resources)
                .build()));
    }

    private LogGroup log(String name) {
        return new LogGroup(
                this,
                "Log",
                LogGroupProps.builder()
                        .logGroupName("/aws/lambda/" + name)
                        .retention(RetentionDays.ONE_MONTH)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build());
    }
}
