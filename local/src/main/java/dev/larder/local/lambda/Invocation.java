package dev.larder.local.lambda;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One invocation, and its {@code Context} as the function's own class loader knows that interface.
 *
 * @param invokedArn with the qualifier that was used
 * @param deadline by {@link System#nanoTime()}
 */
record Invocation(
        FunctionSettings settings,
        String requestId,
        String invokedArn,
        String stream,
        long deadline,
        Consumer<String> log) {
    Object context(ClassLoader loader) throws ClassNotFoundException {
        Class<?> loggerType = loader.loadClass("com.amazonaws.services.lambda.runtime.LambdaLogger");
        Object logger = proxy(loader, loggerType, (method, arguments) -> log(arguments));
        Class<?> contextType = loader.loadClass("com.amazonaws.services.lambda.runtime.Context");
        return proxy(loader, contextType, (method, arguments) -> contextValue(method, logger));
    }

    private @Nullable Object contextValue(String method, Object logger) {
        return switch (method) {
            case "getAwsRequestId" -> requestId;
            case "getLogGroupName" -> "/aws/lambda/" + settings.name();
            case "getLogStreamName" -> stream;
            case "getFunctionName" -> settings.name();
            case "getFunctionVersion" -> "1";
            case "getInvokedFunctionArn" -> invokedArn;
            case "getRemainingTimeInMillis" -> (int) Math.max(0, remaining().toMillis());
            case "getMemoryLimitInMB" -> settings.memorySize();
            case "getLogger" -> logger;
            default -> null; // identity and client context: absent when no mobile SDK invokes
        };
    }

    Duration remaining() {
        return Duration.of(deadline - System.nanoTime(), TimeUnit.NANOSECONDS.toChronoUnit());
    }

    private @Nullable Object log(Object[] arguments) {
        Object message = arguments[0];
        log.accept(
                message instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(message));
        return null;
    }

    private static Object proxy(ClassLoader loader, Class<?> type, Answer answer) {
        InvocationHandler handler = (self, method, arguments) -> answer(type, self, method, arguments, answer);
        return Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler);
    }

    private static @Nullable Object answer(
            Class<?> type, Object self, Method method, Object @Nullable [] arguments, Answer answer) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> System.identityHashCode(self) == System.identityHashCode(given[0]);
                case "hashCode" -> System.identityHashCode(self);
                default -> type.getSimpleName();
            };
        }
        boolean levelled = method.getName().equals("log");
        return method.isDefault() && !levelled
                ? InvocationHandler.invokeDefault(self, method, given)
                : answer.to(method.getName(), given);
    }

    /** What a proxy's method returns. */
    @FunctionalInterface
    private interface Answer {
        @Nullable Object to(String method, Object[] arguments);
    }
}
