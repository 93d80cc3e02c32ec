package dev.larder.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Queues. ElasticMQ keeps messages for ever, so the retention period is known and changes nothing; so is encryption. */
public record QueueType(Sqs sqs, List<String> queues) implements ResourceType {
    private static final List<String> ATTRIBUTES =
            List.of("DelaySeconds", "ReceiveMessageWaitTimeSeconds", "VisibilityTimeout", "RedrivePolicy");

    @Override
    public String name() {
        return "AWS::SQS::Queue";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "DelaySeconds",
                "MessageRetentionPeriod",
                "QueueName",
                "ReceiveMessageWaitTimeSeconds",
                "RedriveAllowPolicy.**",
                "RedrivePolicy.deadLetterTargetArn",
                "RedrivePolicy.maxReceiveCount",
                "SqsManagedSseEnabled",
                "Tags[].Key",
                "Tags[].Value",
                "VisibilityTimeout");
    }

    @Override
    public Deployed deploy(Resource resource) {
        String queue = resource.nameOr("QueueName", 80);
        ObjectNode attributes = Json.object();
        for (String attribute : ATTRIBUTES) {
            JsonNode value = resource.get(attribute);
            if (!value.isMissingNode()) {
                attributes.put(attribute, value.isObject() ? value.toString() : value.asText());
            }
        }
        ObjectNode request = Json.object().put("QueueName", queue);
        request.set("Attributes", attributes);
        try {
            sqs.call("CreateQueue", request);
        } catch (AwsException e) {
            if (!e.code().contains("QueueAlreadyExists") && !e.code().contains("QueueNameExists")) {
                throw e;
            }
            ObjectNode change = Json.object().put("QueueUrl", sqs.url(queue));
            change.set("Attributes", attributes);
            sqs.call("SetQueueAttributes", change);
        }
        queues.add(queue);
        return new Deployed(
                sqs.url(queue),
                Map.of(
                        "Arn", TextNode.valueOf(sqs.arn(queue)),
                        "QueueName", TextNode.valueOf(queue),
                        "QueueUrl", TextNode.valueOf(sqs.url(queue))));
    }
}
