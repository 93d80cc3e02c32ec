package dev.larder.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.event.ruler.JsonRuleCompiler;

/**
 * Event rules. Retries and dead-letter queues of targets are known and change nothing: deliveries here do not fail. The local
 * cloud stands for one cell: what is for the bus of another account or region is dropped until it is connected.
 *
 * @param log takes a line for each such target
 */
public record RuleType(EventBus bus, Consumer<String> log) implements ResourceType {
    @Override
    public String name() {
        return "AWS::Events::Rule";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "Description",
                "EventBusName",
                "EventPattern.**",
                "Name",
                "RoleArn",
                "State",
                "Tags[].Key",
                "Tags[].Value",
                "Targets[].Arn",
                "Targets[].DeadLetterConfig.Arn",
                "Targets[].Id",
                "Targets[].Input",
                "Targets[].InputPath",
                "Targets[].RetryPolicy.MaximumEventAgeInSeconds",
                "Targets[].RetryPolicy.MaximumRetryAttempts",
                "Targets[].RoleArn");
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String name = resource.nameOr("Name", 64);
        String busName = resource.text("EventBusName").orElse(EventBus.DEFAULT);
        String busShort = busName.substring(busName.lastIndexOf('/') + 1);
        String pattern = resource.get("EventPattern").toString();
        String problem = JsonRuleCompiler.check(pattern);
        if (problem != null) {
            throw resource.broken("has an event pattern that EventBridge refuses: " + problem);
        }
        String arn = resource.arn("events", "rule/" + (busShort.equals(EventBus.DEFAULT) ? "" : busShort + "/") + name);
        bus.add(new Rule(
                busShort,
                name,
                arn,
                pattern,
                state(resource),
                resource.text("Description").orElse(""),
                targets(resource, name)));
        return Deployed.withArn(name, arn);
    }

    private static RuleState state(Resource resource) throws TemplateException {
        String state = resource.text("State").orElse("ENABLED");
        return Arrays.stream(RuleState.values())
                .filter(known -> known.name().equals(state))
                .findFirst()
                .orElseThrow(() -> resource.broken(
                        "has the State '" + state + "'; expected one of " + Arrays.toString(RuleState.values())));
    }

    private List<Rule.Target> targets(Resource resource, String rule) throws TemplateException {
        List<Rule.Target> targets = new ArrayList<>();
        for (JsonNode target : resource.get("Targets")) {
            String arn = target.path("Arn").asText();
            if (isBusElsewhere(arn, resource)) {
                checkForwarding(resource, target);
                log.accept("the rule " + rule + " forwards to " + arn
                        + ", which is outside of this cell: its events are dropped here");
            } else if (!arn.startsWith("arn:aws:sqs:") && !arn.startsWith("arn:aws:lambda:")) {
                throw resource.broken("has the target " + arn + "; the local cloud delivers to SQS and Lambda");
            }
            targets.add(new Rule.Target(
                    target.path("Id").asText(),
                    arn,
                    optional(target.path("Input")),
                    optional(target.path("InputPath")),
                    optional(target.path("RoleArn"))));
        }
        return targets;
    }

    /** Across accounts EventBridge asks for a role (user guide, eb-cross-account). */
    private static void checkForwarding(Resource resource, JsonNode target) throws TemplateException {
        String arn = target.path("Arn").asText();
        if (!target.has("RoleArn") && !arn.contains(":" + resource.stack().account() + ":")) {
            throw resource.broken("has the target " + arn + ", a bus of another account, and no RoleArn for it");
        }
        if (target.has("Input") || target.has("InputPath")) {
            throw resource.broken("changes what it sends to " + arn + "; the local cloud forwards events whole");
        }
    }

    private static boolean isBusElsewhere(String arn, Resource resource) {
        String own = resource.arn("events", "event-bus/");
        return BusToBus.isBus(arn) && !arn.startsWith(own);
    }

    private static Optional<String> optional(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
