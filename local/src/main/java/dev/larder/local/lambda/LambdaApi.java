package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.AwsService;
import dev.larder.local.front.Call;
import dev.larder.local.front.Json;
import dev.larder.local.front.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lambda's REST API as far as it serves to look at functions and to invoke them. Functions of zips come from the templates;
 * those of images can be created, and are only looked at.
 */
public final class LambdaApi implements AwsService {
    private static final String FUNCTIONS = "/2015-03-31/functions";
    private static final String MAPPINGS = "/2015-03-31/event-source-mappings";

    /** "ListFunctions returns a maximum of 50 items in each response" (Lambda's API model). */
    private static final int PAGE = 50;

    /** By method and what comes after the function's name. */
    private static final Map<String, String> ACTIONS = Map.of(
            "GET ", "GetFunction",
            "DELETE ", "DeleteFunction",
            "GET configuration", "GetFunctionConfiguration",
            "PUT code", "UpdateFunctionCode",
            "POST versions", "PublishVersion",
            "POST invocations", "InvokeFunction");

    private final Functions functions;
    private final ImageFunctions images;
    private final AsyncInvocations async;
    private final EventSourceMappings mappings;

    /** @param async takes invocations of type {@code Event} */
    public LambdaApi(Functions functions, ImageFunctions images, AsyncInvocations async, EventSourceMappings mappings) {
        this.functions = functions;
        this.images = images;
        this.async = async;
        this.mappings = mappings;
    }

    private static String path(Call call) {
        return call.path().replaceFirst("/$", "");
    }

    @Override
    public String action(Call call) {
        String path = path(call);
        if (path.equals(MAPPINGS)) {
            return call.method().equals("GET") ? "ListEventSourceMappings" : "";
        }
        if (path.equals(FUNCTIONS)) {
            return switch (call.method()) {
                case "GET" -> "ListFunctions";
                case "POST" -> "CreateFunction";
                default -> "";
            };
        }
        return path.startsWith(FUNCTIONS + "/")
                ? ACTIONS.getOrDefault(call.method() + " " + path.replaceFirst(FUNCTIONS + "/[^/]*/?", ""), "")
                : "";
    }

    @Override
    public Reply handle(Call call) {
        String name = path(call).startsWith(FUNCTIONS + "/")
                ? Reply.decode(path(call).substring(FUNCTIONS.length() + 1).replaceFirst("/.*", ""))
                : "";
        return switch (action(call)) {
            case "ListFunctions" -> list(call);
            case "ListEventSourceMappings" -> mappings();
            case "CreateFunction" -> Reply.rest(201, images.create(Json.read(call.text())));
            case "UpdateFunctionCode" -> Reply.rest(200, images.update(ofImage(name), Json.read(call.text())));
            case "PublishVersion" -> Reply.rest(201, images.publish(ofImage(name)));
            case "DeleteFunction" -> {
                images.delete(ofImage(name));
                yield new Reply(204, Map.of(), new byte[0]);
            }
            case "GetFunction" -> Reply.rest(200, get(name, call));
            case "GetFunctionConfiguration" -> Reply.rest(200, get(name, call).path("Configuration"));
            case "InvokeFunction" -> invoke(qualified(name, call), call);
            default ->
                throw new AwsException(
                        404,
                        "UnknownOperationException",
                        "the local cloud's Lambda has ListFunctions, GetFunction, GetFunctionConfiguration,"
                                + " ListEventSourceMappings and Invoke, and for functions of images CreateFunction,"
                                + " UpdateFunctionCode, PublishVersion and DeleteFunction, not " + call.method() + " "
                                + call.path());
        };
    }

    private ObjectNode get(String name, Call call) {
        if (images.has(nameOf(name))) {
            String qualifier = call.parameters().getOrDefault("Qualifier", "");
            return images.get(nameOf(name), qualifier.isEmpty() ? ImageFunctions.LATEST : qualifier);
        }
        ObjectNode answer = Json.object();
        answer.set("Configuration", configuration(functions.find(name)));
        return answer;
    }

    /** A function of a zip is not changed here. */
    private String ofImage(String name) {
        if (!images.has(nameOf(name))) {
            throw new AwsException(
                    400,
                    "InvalidParameterValueException",
                    functions.find(name).settings().name() + " is made of a zip; it comes from a template");
        }
        return nameOf(name);
    }

    private static String nameOf(String reference) {
        return reference
                .replaceFirst("^(?:arn:aws:lambda:[^:]+:)?[0-9]{12}:function:", "")
                .replaceFirst(":.*", "");
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

    private Reply list(Call call) {
        Map<String, String> parameters = call.parameters();
        List<ObjectNode> all = new ArrayList<>();
        functions.all().forEach(function -> all.add(configuration(function)));
        all.addAll(images.all(parameters.getOrDefault("FunctionVersion", "").equals("ALL")));
        int from = Integer.parseInt(parameters.getOrDefault("Marker", "0"));
        int most = Math.min(PAGE, Integer.parseInt(parameters.getOrDefault("MaxItems", String.valueOf(PAGE))));
        int to = Math.min(all.size(), from + most);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("Functions");
        all.subList(Math.min(from, to), to).forEach(list::add);
        if (to < all.size()) {
            answer.put("NextMarker", String.valueOf(to));
        }
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
                .put("PackageType", "Zip")
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
