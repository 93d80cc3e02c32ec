package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import dev.larder.local.sqs.Sqs;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** CloudWatch alarms. Those on the depth of a queue are evaluated; others are known, and shown as not evaluated. */
final class Alarms implements ResourceType, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Sqs sqs;
    private final Consumer<String> log;
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    Alarms(Sqs sqs, Consumer<String> log) {
        this.sqs = sqs;
        this.log = log;
    }

    @Override
    public String name() {
        return "AWS::CloudWatch::Alarm";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "ActionsEnabled",
                "AlarmActions[]",
                "AlarmDescription",
                "AlarmName",
                "ComparisonOperator",
                "DatapointsToAlarm",
                "Dimensions[].Name",
                "Dimensions[].Value",
                "EvaluationPeriods",
                "ExtendedStatistic",
                "InsufficientDataActions[]",
                "MetricName",
                "Metrics.**",
                "Namespace",
                "OKActions[]",
                "Period",
                "Statistic",
                "Tags[].Key",
                "Tags[].Value",
                "Threshold",
                "TreatMissingData",
                "Unit");
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String name = resource.nameOr("AlarmName", 255);
        String operator = resource.required("ComparisonOperator");
        boolean depth = resource.get("Namespace").asText().equals("AWS/SQS")
                && resource.get("MetricName").asText().equals("ApproximateNumberOfMessagesVisible");
        Optional<String> queue = Optional.empty();
        for (JsonNode dimension : resource.get("Dimensions")) {
            if (depth && dimension.path("Name").asText().equals("QueueName")) {
                queue = Optional.of(dimension.path("Value").asText());
            }
        }
        alarms.add(new Alarm(name, queue, operator, resource.get("Threshold").asDouble()));
        return Deployed.withArn(name, resource.arn("cloudwatch", "alarm:" + name));
    }

    /** Looks at the queues every few seconds of the machine's time. */
    void start() {
        Thread.ofVirtual().name("alarms").start(() -> {
            while (!closed) {
                try {
                    Thread.sleep(PERIOD);
                    evaluate();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (AwsException e) {
                    log.accept("the alarms cannot be evaluated: " + e.message());
                }
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Looks at the queues, and says which alarms changed their state. */
    synchronized void evaluate() {
        alarms.forEach(this::evaluate);
    }

    private void evaluate(Alarm alarm) {
        alarm.queue.ifPresent(queue -> {
            int depth = sqs.depth(queue).visible();
            String state = alarm.isOver(depth) ? "ALARM" : "OK";
            if (!state.equals(alarm.state)) {
                alarm.state = state;
                log.accept("alarm " + alarm.name + " is " + state + ": " + depth + " messages in " + queue);
            }
        });
    }

    ObjectNode status() {
        evaluate();
        ObjectNode status = Json.object();
        alarms.forEach(alarm -> status.put(alarm.name, alarm.state));
        return status;
    }

    private static final class Alarm {
        private final String name;
        private final Optional<String> queue;
        private final String operator;
        private final double threshold;
        private volatile String state;

        Alarm(String name, Optional<String> queue, String operator, double threshold) {
            this.name = name;
            this.queue = queue;
            this.operator = operator;
            this.threshold = threshold;
            this.state = queue.isPresent() ? "OK" : "not evaluated";
        }

        boolean isOver(double value) {
            return switch (operator) {
                case "GreaterThanThreshold" -> value > threshold;
                case "GreaterThanOrEqualToThreshold" -> value >= threshold;
                case "LessThanThreshold" -> value < threshold;
                default -> value <= threshold;
            };
        }
    }
}
