package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Java functions from a zip. Architecture, memory, SnapStart, tracing and the log's format are known and change nothing
 * here, nor does what may be done in a loop: no loop is cut short.
 *
 * @param unpacked the folder under which zips are unpacked
 */
public record FunctionType(Functions functions, AsyncInvocations async, Path unpacked) implements ResourceType {
    @Override
    public String name() {
        return "AWS::Lambda::Function";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                "Architectures[]",
                "Code.S3Bucket",
                "Code.S3Key",
                "DeadLetterConfig.TargetArn",
                "Description",
                "Environment.Variables.*",
                "EphemeralStorage.Size",
                "FunctionName",
                "Handler",
                "LoggingConfig.ApplicationLogLevel",
                "LoggingConfig.LogFormat",
                "LoggingConfig.LogGroup",
                "LoggingConfig.SystemLogLevel",
                "MemorySize",
                "RecursiveLoop",
                "ReservedConcurrentExecutions",
                "Role",
                "Runtime",
                "SnapStart.ApplyOn",
                "Tags[].Key",
                "Tags[].Value",
                "Timeout",
                "TracingConfig.Mode");
    }

    @Override
    public Deployed deploy(Resource resource) throws IOException {
        String runtime = resource.required("Runtime");
        if (!runtime.startsWith("java")) {
            throw resource.broken("has the runtime " + runtime + "; the local cloud runs Java functions only");
        }
        String name = resource.nameOr("FunctionName", 64);
        String arn = resource.arn("lambda", "function:" + name);
        Map<String, String> environment = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> variable :
                resource.get("Environment").path("Variables").properties()) {
            environment.put(variable.getKey(), variable.getValue().asText());
        }
        functions.add(new FunctionSettings(
                name,
                arn,
                resource.required("Handler"),
                FunctionCode.unpack(
                        resource.asset(resource.get("Code").path("S3Key").asText()), unpacked),
                Duration.ofSeconds(resource.get("Timeout").asLong(3)),
                resource.get("MemorySize").asInt(128),
                resource.required("Role"),
                runtime,
                environment));
        JsonNode deadLetters = resource.get("DeadLetterConfig").path("TargetArn");
        if (deadLetters.isTextual()) {
            async.deadLetters(name, deadLetters.asText());
        }
        return Deployed.withArn(name, arn);
    }
}
