package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.sqs.Sqs;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Event source mappings from SQS. They begin to poll when everything else is deployed. */
public final class EventSourceMappings implements ResourceType, AutoCloseable {
    /** Lambda begins with five batches at a time (Lambda guide, "Scaling behavior for SQS"); this is also one JVM. */
    private static final int CONCURRENCY = Math.min(5, Runtime.getRuntime().availableProcessors());

    private final Sqs sqs;
    private final Functions functions;
    private final List<EventSourceMapping> mappings = new CopyOnWriteArrayList<>();

    /** No mappings yet. */
    public EventSourceMappings(Sqs sqs, Functions functions) {
        this.sqs = sqs;
        this.functions = functions;
    }

    /** All mappings. */
    public List<EventSourceMapping> all() {
        return List.copyOf(mappings);
    }

    /** Lets them poll. */
    public void start() {
        mappings.forEach(EventSourceMapping::start);
    }

    @Override
    public String name() {
        return "AWS::Lambda::EventSourceMapping";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "BatchSize",
                "Enabled",
                "EventSourceArn",
                "FunctionName",
                "FunctionResponseTypes[]",
                "MaximumBatchingWindowInSeconds",
                "ScalingConfig.MaximumConcurrency",
                "Tags[].Key",
                "Tags[].Value");
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String source = resource.required("EventSourceArn");
        if (!source.startsWith("arn:aws:sqs:")) {
            throw resource.broken("has the source " + source + "; the local cloud maps SQS queues only");
        }
        boolean reports = false;
        for (JsonNode type : resource.get("FunctionResponseTypes")) {
            if (!type.asText().equals("ReportBatchItemFailures")) {
                throw resource.broken("has the response type " + type.asText() + "; SQS has ReportBatchItemFailures");
            }
            reports = true;
        }
        String function = resource.required("FunctionName");
        functions.find(function);
        String id = resource.nameOr("", 36);
        if (resource.get("Enabled").asBoolean(true)) {
            int limit = resource.get("ScalingConfig").path("MaximumConcurrency").asInt(CONCURRENCY);
            mappings.add(new EventSourceMapping(
                    new EventSourceMapping.Settings(
                            id,
                            source.substring(source.lastIndexOf(':') + 1),
                            function,
                            resource.get("BatchSize").asInt(10),
                            Duration.ofSeconds(resource.get("MaximumBatchingWindowInSeconds")
                                    .asLong(0)),
                            Math.min(limit, CONCURRENCY),
                            reports,
                            resource.stack().region()),
                    sqs,
                    functions));
        }
        return Deployed.of(id);
    }

    @Override
    public void close() {
        mappings.forEach(EventSourceMapping::close);
    }
}
