package dev.larder.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param error the type of the error; empty when the function returned
 * @param payload what it returned, or the error as JSON
 */
public record InvocationResult(Optional<String> error, String payload) {
    static InvocationResult returned(byte[] output) {
        return new InvocationResult(Optional.empty(), new String(output, StandardCharsets.UTF_8));
    }

    /** What Lambda's Java runtime reports of an exception: message, class and the lines of its stack trace. */
    static InvocationResult thrown(Throwable thrown) {
        ObjectNode body = Json.object()
                .put("errorMessage", String.valueOf(thrown.getMessage()))
                .put("errorType", thrown.getClass().getName());
        ArrayNode trace = body.putArray("stackTrace");
        for (StackTraceElement element : thrown.getStackTrace()) {
            trace.add(frame(element));
        }
        return new InvocationResult(Optional.of(thrown.getClass().getName()), body.toString());
    }

    private static String frame(StackTraceElement element) {
        return element.getClassName() + "." + element.getMethodName() + "(" + element.getFileName() + ":"
                + element.getLineNumber() + ")";
    }

    /** What Lambda reports when a function takes longer than its timeout (inferred from published logs). */
    static InvocationResult timedOut(String requestId, Duration timeout) {
        String message = String.format(
                Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds",
                requestId,
                timeout.toMillis() / 1e3);
        ObjectNode body = Json.object().put("errorType", "Sandbox.Timedout").put("errorMessage", message);
        return new InvocationResult(Optional.of("Sandbox.Timedout"), body.toString());
    }
}
