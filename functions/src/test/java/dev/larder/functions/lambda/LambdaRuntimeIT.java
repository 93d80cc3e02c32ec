package dev.larder.functions.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.config.EnvironmentVariables;
import dev.larder.testevents.TestEvents;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each handler as Lambda does: from the zip, by Lambda's own runtime interface client, in a process of its own, with no
 * environment but the template's. AWS answers from {@link AwsAnswers}.
 */
class LambdaRuntimeIT {
    private static final Path RUNTIME = Path.of("target", "lambda-runtime");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private static Path task;

    @BeforeAll
    static void unpack() throws IOException {
        FunctionsZip.unpack(task);
    }

    @Test
    void usageRecorderRecordsAPull() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.usage.UsageRecorder",
                sqs(TestEvents.json("cloudtrail/batch-get-image-node-role.json")),
                "{\"batchItemFailures\":[]}");
        assertTrue(calls.contains("UpdateItem"), calls.toString());
    }

    @Test
    void cacheEventHandlerTakesInAnImport() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.cache.CacheEventHandler",
                sqs(TestEvents.json("ecr/pull-through-success-cached.json")),
                "{\"batchItemFailures\":[]}");
        assertTrue(calls.contains("UpdateItem"), calls.toString());
    }

    @Test
    void warmPlannerOrdersThePin() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.warm.WarmPlanner",
                TestEvents.json("scheduler/plan-warming.json"),
                "\"ordered\":1");
        assertTrue(calls.contains("SendMessageBatch"), calls.toString());
    }

    @Test
    void warmWorkerWarmsAnImage() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.warm.WarmWorker",
                sqs(TestEvents.json("larder/warm-order-pinned.json")),
                "{\"batchItemFailures\":[]}");
        assertTrue(
                calls.containsAll(List.of("BatchGetImage", "BatchCheckLayerAvailability", "UpdateItem", "PutEvents")),
                calls.toString());
    }

    @Test
    void lifecycleEnforcerSweeps() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.lifecycle.LifecycleEnforcer",
                TestEvents.json("scheduler/sweep-lifecycle.json"),
                "\"enforce\":false");
        assertTrue(calls.containsAll(List.of("PutItem", "DescribeRepositories", "SendMessageBatch")), calls.toString());
    }

    @Test
    void lifecycleWorkerPassesOverAPieceOfARunThatIsNotThere() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.lifecycle.LifecycleWorker",
                sqs(TestEvents.json("larder/lifecycle-plan.json")),
                "{\"batchItemFailures\":[]}");
        assertTrue(calls.contains("GetItem"), calls.toString());
    }

    @Test
    void upstreamLookoutValidatesTheRule() throws Exception {
        List<String> calls = invoke(
                "dev.larder.functions.lookout.UpstreamLookout",
                TestEvents.json("scheduler/validate-rules.json"),
                "\"checked\":1");
        assertTrue(
                calls.containsAll(List.of("ValidatePullThroughCacheRule", "PutEvents", "PutItem")), calls.toString());
    }

    @Test
    void aHandlerThatCannotStartSaysWhichVariableItMisses() throws Exception {
        try (AwsAnswers aws = new AwsAnswers();
                RuntimeApi api = new RuntimeApi("{}")) {
            Map<String, String> environment = environment(aws, api, "dev.larder.functions.warm.WarmWorker");
            environment.remove(EnvironmentVariables.TABLE);
            Process runtime = start(environment);
            try {
                RuntimeApi.Answer answer = answer(api, runtime);
                assertTrue(answer.body().contains(EnvironmentVariables.TABLE), answer.toString());
            } finally {
                stop(runtime);
            }
        }
    }

    private static List<String> invoke(String handler, String event, String expected) throws Exception {
        try (AwsAnswers aws = new AwsAnswers();
                RuntimeApi api = new RuntimeApi(event)) {
            Process runtime = start(environment(aws, api, handler));
            try {
                RuntimeApi.Answer answer = answer(api, runtime);
                assertEquals("response", answer.kind(), () -> answer + "\n" + log(handler));
                assertTrue(answer.body().contains(expected), () -> answer + "\n" + log(handler));
                return aws.calls();
            } finally {
                stop(runtime);
            }
        }
    }

    /** Waits for the answer as long as the process lives. */
    private static RuntimeApi.Answer answer(RuntimeApi api, Process runtime) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS && runtime.isAlive(); i++) {
            RuntimeApi.Answer answer = api.answer(1);
            if (!answer.kind().equals("none")) {
                return answer;
            }
        }
        return api.answer(1);
    }

    private static Map<String, String> environment(AwsAnswers aws, RuntimeApi api, String handler) {
        Map<String, String> environment = new HashMap<>();
        environment.put("_HANDLER", handler);
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("LAMBDA_TASK_ROOT", task.toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "larder");
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("AWS_ENDPOINT_URL", aws.url());
        environment.put(EnvironmentVariables.TABLE, "larder");
        environment.put(EnvironmentVariables.EVENT_BUS, "default");
        environment.put(EnvironmentVariables.CELL, "111122223333/eu-central-1");
        environment.put(EnvironmentVariables.WARM_ORDERS_QUEUE_URL, aws.url() + "/111122223333/WarmOrders");
        environment.put(
                EnvironmentVariables.PULLS_DEAD_LETTERS_QUEUE_URL, aws.url() + "/111122223333/Pulls-DeadLetters");
        environment.put(EnvironmentVariables.LIFECYCLE_WORK_QUEUE_URL, aws.url() + "/111122223333/LifecycleWork");
        environment.put(
                EnvironmentVariables.UPSTREAMS, "prefix=docker-hub; registry=docker-hub; credentials=docker-hub");
        environment.put(EnvironmentVariables.USAGE, "halfLife=7d; exclude=");
        environment.put(EnvironmentVariables.OWN_ROLES, "larder-WarmWorker");
        environment.put(
                EnvironmentVariables.WARM,
                "schedule=rate(15 minutes); platforms=linux/amd64; pins=docker-hub/library/nginx:1.27;"
                        + " top=1000; minimumPulls=2; within=14d; images=500; bytes=500GB");
        environment.put(
                EnvironmentVariables.LIFECYCLE,
                "enforce=false; schedule=rate(1 day); notPulledFor=30d; keepNewest=2; protect=;"
                        + " images=1000; bytes=1TB; repositoryPercent=50; cellPercent=10");
        return environment;
    }

    private static Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                RUNTIME.toAbsolutePath() + File.separator + "*" + File.pathSeparator + task.resolve("lib")
                        + File.separator + "*",
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                environment.getOrDefault("_HANDLER", ""));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(logFile(environment.get("_HANDLER")).toFile())
                .start();
    }

    private static Path logFile(String handler) {
        return task.resolve(handler + ".log");
    }

    private static String log(String handler) {
        try {
            return Files.readString(logFile(handler));
        } catch (IOException unreadable) {
            return "no log: " + unreadable;
        }
    }

    private static void stop(Process runtime) throws InterruptedException {
        runtime.destroyForcibly();
        assertTrue(runtime.waitFor(10, TimeUnit.SECONDS), "the runtime does not end");
    }

    private static String sqs(String body) throws IOException {
        return JSON.std.asString(Map.of(
                "Records",
                List.of(Map.of(
                        "messageId", "19dd0b57-b21e-4ac1-bd88-01bbb068cb78",
                        "receiptHandle", "MessageReceiptHandle",
                        "body", body,
                        "attributes", Map.of("ApproximateReceiveCount", "1"),
                        "messageAttributes", Map.of(),
                        "eventSource", "aws:sqs",
                        "eventSourceARN", "arn:aws:sqs:eu-central-1:111122223333:Queue",
                        "awsRegion", "eu-central-1"))));
    }
}
