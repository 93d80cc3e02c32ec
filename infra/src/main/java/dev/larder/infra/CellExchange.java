package dev.larder.infra;

import dev.larder.config.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.events.CfnEventBusPolicy;
import software.amazon.awscdk.services.events.CfnEventBusPolicyProps;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.CfnRuleProps;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PolicyStatementProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.RoleProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * What a cell tells others of what is popular in it, and hears of them: from bus to bus, without anything in between.
 *
 * <p>EventBridge wants a role for a target that is another account's bus, and a policy of that bus (EventBridge user guide,
 * eb-cross-account; for a bus of the same account in another region the role is enough). A cell's rule forwards only what the
 * cell itself said, and its queue takes only what others said, so that nothing goes round in circles. What cannot be
 * forwarded is dropped: the next plan says it again.
 */
final class CellExchange extends Construct {
    private final Deployment deployment;

    private CellExchange(Construct scope, Deployment deployment) {
        super(scope, "CellExchange");
        this.deployment = deployment;
    }

    /**
     * Declares what the file's {@code warm.cells} makes necessary in this cell; nothing when each cell keeps to itself.
     *
     * @param queue takes what other cells say
     */
    static void declare(Construct scope, Deployment deployment, DeadLetteredQueue queue) {
        CellExchange exchange = new CellExchange(scope, deployment);
        List<Cell> hearers = deployment.others().stream()
                .filter(cell -> deployment.warm().cells().contains(cell.toString()))
                .toList();
        if (!hearers.isEmpty()) {
            exchange.tell(hearers);
        }
        boolean hears =
                deployment.config().warm().cells().contains(deployment.cell().toString());
        if (hears && !deployment.others().isEmpty()) {
            exchange.hear();
            EventRules.popularElsewhere(exchange, deployment, queue);
        }
    }

    /** A rule for each cell that is told: a rule has at most five targets (EventBridge's quotas). */
    private void tell(List<Cell> hearers) {
        Role role = new Role(
                this,
                "Role",
                RoleProps.builder()
                        .assumedBy(new ServicePrincipal("events.amazonaws.com"))
                        .build());
        role.addToPolicy(new PolicyStatement(PolicyStatementProps.builder()
                .actions(List.of("events:PutEvents"))
                .resources(hearers.stream().map(this::bus).toList())
                .build()));
        for (Cell hearer : hearers) {
            new CfnRule(
                            this,
                            "Tell-" + hearer.account() + "-" + hearer.region(),
                            CfnRuleProps.builder()
                                    .eventPattern(EventPatterns.popularIn(deployment.cell()))
                                    .state("ENABLED")
                                    .targets(List.of(CfnRule.TargetProperty.builder()
                                            .id("Bus")
                                            .arn(bus(hearer))
                                            .roleArn(role.getRoleArn())
                                            .build()))
                                    .build())
                    .getNode()
                    .addDependency(role);
        }
    }

    /** Lets each other account put what is popular there on this cell's bus, and nothing else. */
    private void hear() {
        deployment.others().stream()
                .map(Cell::account)
                .filter(account -> !account.equals(deployment.cell().account()))
                .distinct()
                .forEach(account -> new CfnEventBusPolicy(
                        this,
                        "Hear-" + account,
                        CfnEventBusPolicyProps.builder()
                                .statementId(deployment.config().name() + "-" + account)
                                .statement(statement(account))
                                .build()));
    }

    /** The operators are those of the user guide's example (eb-event-bus-example-policy-cross-account-custom-bus-source). */
    private Object statement(String account) {
        Map<String, Object> onlyWhatIsPopular = new LinkedHashMap<>();
        onlyWhatIsPopular.put("ForAllValues:StringEquals", Map.of("events:source", EventPatterns.OWN));
        onlyWhatIsPopular.put("StringEquals", Map.of("events:detail-type", EventPatterns.POPULAR));
        return new PolicyStatement(PolicyStatementProps.builder()
                        .principals(List.of(
                                new ArnPrincipal("arn:" + deployment.partition() + ":iam::" + account + ":root")))
                        .actions(List.of("events:PutEvents"))
                        .resources(List.of(bus(deployment.cell())))
                        .conditions(onlyWhatIsPopular)
                        .build())
                .toStatementJson();
    }

    private String bus(Cell cell) {
        return deployment.in(cell).arn("events", "event-bus/" + OwnEvents.BUS);
    }
}
