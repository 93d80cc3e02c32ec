package dev.larder.local.lambda;

import dev.larder.config.EnvironmentVariables;
import dev.larder.local.aws.AwsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All functions of the cell. */
public final class Functions implements AutoCloseable {
    private static final Pattern REFERENCE = Pattern.compile(
            "(?:(?:arn:aws:lambda:[^:]+:)?[0-9]{12}:function:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?");

    private final Surroundings surroundings;
    private final Map<String, LambdaFunction> functions = new ConcurrentSkipListMap<>();

    /** No functions yet. */
    public Functions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Adds a function, or replaces the one of its name. */
    void add(FunctionSettings settings) throws IOException {
        Files.createDirectories(surroundings.logs());
        FunctionLog log = new FunctionLog(
                settings.name(),
                surroundings.logs().resolve(settings.name() + ".log"),
                surroundings.clock(),
                surroundings.listener());
        functions.put(
                settings.name(),
                new LambdaFunction(settings, surroundings.environment(settings), surroundings.clock(), log));
    }

    /** All functions, by name. */
    public Collection<LambdaFunction> all() {
        return List.copyOf(functions.values());
    }

    /**
     * The function behind a name, with or without a qualifier, or an ARN.
     *
     * @throws AwsException {@code ResourceNotFoundException} when there is none
     */
    public LambdaFunction find(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        LambdaFunction function = matcher.matches() ? functions.get(matcher.group(1)) : null;
        if (function == null) {
            throw new AwsException(
                    404,
                    "ResourceNotFoundException",
                    "Function not found: " + reference + "; there are " + functions.keySet());
        }
        return function;
    }

    /** Invokes a function and waits for it. */
    public InvocationResult invoke(String reference, String event) {
        LambdaFunction function = find(reference);
        return function.invoke(
                event,
                reference.startsWith("arn:") ? reference : function.settings().arn());
    }

    @Override
    public void close() throws IOException {
        for (LambdaFunction function : functions.values()) {
            function.close();
        }
    }

    /**
     * What functions run in.
     *
     * @param endpoint what {@code AWS_ENDPOINT_URL} says
     * @param registry the host and port under which clients know the registry
     * @param accessKeys gives the access key of a session of a function's role
     * @param listener takes a function's name and each line that it logs
     */
    public record Surroundings(
            String region,
            URI endpoint,
            Supplier<String> registry,
            Path logs,
            InstantSource clock,
            Function<FunctionSettings, String> accessKeys,
            BiConsumer<String, String> listener) {
        /** The template's variables and those that Lambda sets (Lambda guide, "Defined runtime environment variables"). */
        Map<String, String> environment(FunctionSettings settings) {
            Map<String, String> all = new HashMap<>(settings.environment());
            all.put("AWS_REGION", region);
            all.put("AWS_DEFAULT_REGION", region);
            all.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
            all.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
            all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memorySize()));
            all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
            all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
            all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + settings.runtime());
            all.put("LAMBDA_TASK_ROOT", settings.code().toString());
            all.put("_HANDLER", settings.handler());
            all.put("TZ", ":UTC");
            all.put("AWS_ACCESS_KEY_ID", accessKeys.apply(settings));
            all.put("AWS_SECRET_ACCESS_KEY", "local");
            all.put("AWS_SESSION_TOKEN", "local");
            all.put("AWS_ENDPOINT_URL", endpoint.toString());
            all.put(EnvironmentVariables.REGISTRY_HOSTS, registry.get());
            return all;
        }
    }
}
