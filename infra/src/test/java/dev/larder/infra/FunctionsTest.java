package dev.larder.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.config.EnvironmentVariables;
import dev.larder.config.LifecycleSettings;
import dev.larder.config.Target;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.UsageSettings;
import dev.larder.config.WarmSettings;
import dev.larder.infra.Template.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
    private final Template template = Synthesized.account();

    @ParameterizedTest
    @CsvSource(textBlock = """
            UsageRecorder,     dev.larder.functions.usage.UsageRecorder,         60,  OWN_ROLES TABLE UPSTREAMS USAGE
            UsageKeeper,       dev.larder.functions.usage.UsageKeeper,           900, PULLS_DEAD_LETTERS_QUEUE_URL TABLE UPSTREAMS USAGE
            CacheEventHandler, dev.larder.functions.cache.CacheEventHandler,     60,  LIFECYCLE_WORK_QUEUE_URL TABLE UPSTREAMS WARM WARM_ORDERS_QUEUE_URL
            WarmPlanner,       dev.larder.functions.warm.WarmPlanner,            300, CELL EVENT_BUS TABLE UPSTREAMS USAGE WARM WARM_ORDERS_QUEUE_URL
            WarmWorker,        dev.larder.functions.warm.WarmWorker,             300, EVENT_BUS TABLE UPSTREAMS WARM WARM_ORDERS_QUEUE_URL
            UpstreamLookout,   dev.larder.functions.lookout.UpstreamLookout,     600, EVENT_BUS TABLE UPSTREAMS USAGE WARM
            LifecycleEnforcer, dev.larder.functions.lifecycle.LifecycleEnforcer, 900, LIFECYCLE LIFECYCLE_WORK_QUEUE_URL SWEEP_SETTINGS TABLE UPSTREAMS
            LifecycleWorker,   dev.larder.functions.lifecycle.LifecycleWorker,   900, CELL EVENT_BUS LIFECYCLE LIFECYCLE_WORK_QUEUE_URL PULLS_DEAD_LETTERS_QUEUE_URL TABLE UPSTREAMS USAGE WARM
            """)
    void eachFunctionIsDeclaredAsAgreed(String name, String handler, int timeout, String variables) {
        Resource function = function(name);
        assertEquals(handler, function.text("Handler"));
        assertEquals("java25", function.text("Runtime"));
        assertEquals(
                "arm64", function.properties().path("Architectures").path(0).asText());
        assertEquals(1024, function.properties().path("MemorySize").asInt());
        assertEquals(timeout, function.properties().path("Timeout").asInt());
        assertEquals(
                "PublishedVersions",
                function.properties().path("SnapStart").path("ApplyOn").asText());
        assertFalse(function.properties().has("ReservedConcurrentExecutions"));
        assertEquals(
                variables,
                environment(name).keySet().stream()
                        .map(variable -> variable.replaceFirst("^LARDER_", ""))
                        .collect(Collectors.joining(" ")));
        assertEquals(
                "platform-cache-eu-central-1-" + name,
                template.target(function.properties().path("Role")).text("RoleName"));
        assertEquals(
                "/aws/lambda/platform-cache-" + name,
                template.target(function.properties().path("LoggingConfig").path("LogGroup"))
                        .text("LogGroupName"));
    }

    @Test
    void onlyTheWorkerMayPutMessagesBackIntoTheQueueThatFiresIt() {
        Map<String, String> loops = template.resources("AWS::Lambda::Function")
                .filter(function -> function.properties().has("RecursiveLoop"))
                .collect(Collectors.toMap(
                        function -> function.text("FunctionName"), function -> function.text("RecursiveLoop")));
        assertEquals(Map.of("platform-cache-WarmWorker", "Allow"), loops);
    }

    @Test
    void whatAFunctionReadsIsWhatTheFileSays() {
        var config = Synthesized.config("account.yaml", Target.ACCOUNT);
        Map<String, String> worker = texts("LifecycleWorker");
        assertEquals(config.upstreams(), UpstreamSettings.fromEnvironment(worker));
        assertEquals(config.warm(), WarmSettings.fromEnvironment(worker));
        assertEquals(config.lifecycle(), LifecycleSettings.fromEnvironment(worker));
        assertEquals(config.usage(), UsageSettings.fromEnvironment(texts("UsageRecorder")));
    }

    @Test
    void namesInTheEnvironmentAreReferences() {
        Map<String, JsonNode> planner = environment("WarmPlanner");
        assertEquals(
                "platform-cache",
                template.target(planner.get(EnvironmentVariables.TABLE)).text("TableName"));
        assertEquals(
                "platform-cache-WarmOrders",
                template.target(planner.get(EnvironmentVariables.WARM_ORDERS_QUEUE_URL))
                        .text("QueueName"));
        assertEquals(
                "platform-cache-Pulls-DeadLetters",
                template.target(environment("UsageKeeper").get(EnvironmentVariables.PULLS_DEAD_LETTERS_QUEUE_URL))
                        .text("QueueName"));
        assertEquals("default", texts("WarmWorker").get(EnvironmentVariables.EVENT_BUS));
        assertEquals("111122223333/eu-central-1", texts("WarmPlanner").get(EnvironmentVariables.CELL));
    }

    @Test
    void theUsageRecordKnowsTheRolesOfAllFunctions() {
        List<String> roles = template.resources("AWS::Lambda::Function")
                .map(function ->
                        template.target(function.properties().path("Role")).text("RoleName"))
                .sorted()
                .toList();
        assertEquals(
                roles,
                List.of(texts("UsageRecorder")
                                .get(EnvironmentVariables.OWN_ROLES)
                                .split(","))
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void everyAliasIsLiveOnThePublishedVersionOfItsFunction() {
        List<String> functions = template.resources("AWS::Lambda::Alias")
                .map(alias -> {
                    assertEquals("live", alias.text("Name"));
                    JsonNode version = template.target(alias.properties().path("FunctionVersion"))
                            .properties();
                    assertEquals(alias.properties().path("FunctionName"), version.path("FunctionName"));
                    return template.target(version.path("FunctionName")).id();
                })
                .sorted()
                .toList();
        assertEquals(
                template.resources("AWS::Lambda::Function")
                        .map(Resource::id)
                        .sorted()
                        .toList(),
                functions);
    }

    private Resource function(String name) {
        return template.resource("AWS::Lambda::Function", "FunctionName", "platform-cache-" + name);
    }

    private Map<String, JsonNode> environment(String name) {
        Map<String, JsonNode> variables = new TreeMap<>();
        function(name)
                .properties()
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
        return variables;
    }

    private Map<String, String> texts(String name) {
        return environment(name).entrySet().stream()
                .filter(variable -> variable.getValue().isTextual())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().asText()));
    }
}
