package dev.larder.local.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A function as its template describes it.
 *
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param code the unpacked zip
 * @param memorySize in MB; told to the function, not enforced
 * @param role the ARN of its role, whose session its calls carry
 * @param environment the template's variables
 */
public record FunctionSettings(
        String name,
        String arn,
        String handler,
        Path code,
        Duration timeout,
        int memorySize,
        String role,
        String runtime,
        Map<String, String> environment) {
    /** Copies the environment. */
    public FunctionSettings {
        environment = Map.copyOf(environment);
    }
}
