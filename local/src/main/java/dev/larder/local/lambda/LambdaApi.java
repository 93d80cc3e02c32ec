package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.AwsService;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lambda's REST API as far as it serves to look at functions and to invoke them. */
public final class LambdaApi implements AwsService {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String MAPPINGS = "/2015-03-31/event-source-mappings";

    private final Functions functions;
    private final AsyncInvocations async;
    private final EventSourceMappings mappings;

    /** @param async takes invocations of type {@code Event} */
    public LambdaApi(Functions functions, AsyncInvocations async, EventSourceMappings mappings) {
        this.functions = functions;
        this.async = async;
        this.mappings = mappings;
    }

    @Override
    public Reply handle(Call call) {
        String path = call.path().replaceFirst("/$", "");
        if (call.method().equals("GET") && path.equals(FUNCTIONS)) {
            return list();
        }
        if (call.method().equals("GET") && path.equals(MAPPINGS)) {
            return mappings();
        }
        if (path.startsWith(FUNCTIONS + "/")) {
            String[] parts = path.substring(FUNCTIONS.length() + 1).split("/", -1);
            String name = Reply.decode(parts[0]);
            String what = call.method() + (parts.length > 1 ? " " + parts[1] : "");
            if (what.equals("GET")) {
                return Reply.rest(200, Json.object().set("Configuration", configuration(functions.find(name))));
            }
            if (what.equals("GET configuration")) {
                return Reply.rest(200, configuration(functions.find(name)));
            }
            if (what.equals("POST invocations")) {
                return invoke(qualified(name, call), call);
            }
        }
        throw new AwsException(
                404,
                "UnknownOperationException",
                "the local cloud's Lambda has ListFunctions, GetFunction, GetFunctionConfiguration,"
                        + " ListEventSourceMappings and Invoke, not " + call.method() + " " + call.path());
    }

    private static String qualified(String name, Call call) {
        String qualifier = call.parameters().getOrDefault("Qualifier", "");
        return qualifier.isEmpty() ? name : name + ":" + qualifier;
    }

    private Reply invoke(String name, Call call) {
        String type = call.header("x-amz-invocation-type").orElse("RequestResponse");
        String event = call.text().isBlank() ? "{}" : call.text();
        return switch (type) {
            case "Event" -> {
                async.invoke(name, event);
                yield new Reply(202, Map.of(), new byte[0]);
            }
            case "DryRun" -> {
                functions.find(name);
                yield new Reply(204, Map.of(), new byte[0]);
            }
            default -> invoked(functions.invoke(name, event));
        };
    }

    private static Reply invoked(InvocationResult result) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Amz-Executed-Version", "1");
        result.error().ifPresent(error -> headers.put("X-Amz-Function-Error", "Unhandled"));
        return new Reply(200, headers, result.payload().getBytes(StandardCharsets.UTF_8));
    }

    private Reply list() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("Functions");
        functions.all().forEach(function -> list.add(configuration(function)));
        return Reply.rest(200, answer);
    }

    private Reply mappings() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("EventSourceMappings");
        for (EventSourceMapping mapping : mappings.all()) {
            EventSourceMapping.Settings settings = mapping.settings();
            list.addObject()
                    .put("UUID", settings.id())
                    .put("BatchSize", settings.batchSize())
                    .put("MaximumBatchingWindowInSeconds", settings.window().toSeconds())
                    .put("FunctionArn", settings.function())
                    .put("State", "Enabled");
        }
        return Reply.rest(200, answer);
    }

    private static ObjectNode configuration(LambdaFunction function) {
        FunctionSettings settings = function.settings();
        ObjectNode configuration = Json.object()
                .put("FunctionName", settings.name())
                .put("FunctionArn", settings.arn())
                .put("Runtime", settings.runtime())
                .put("Role", settings.role())
                .put("Handler", settings.handler())
                .put("Timeout", settings.timeout().toSeconds())
                .put("MemorySize", settings.memorySize())
                .put("Version", "$LATEST")
                .put("State", "Active");
        ObjectNode variables = configuration.putObject("Environment").putObject("Variables");
        settings.environment().forEach(variables::put);
        return configuration;
    }
}
