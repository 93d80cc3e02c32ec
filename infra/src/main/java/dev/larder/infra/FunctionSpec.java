package dev.larder.infra;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;

/**
 * A function, apart from what fires it.
 *
 * @param id its name in the stack, in its role's name and in the account, for instance {@code WarmWorker}
 * @param handler the class that Lambda calls
 * @param timeout how long one invocation may take
 * @param environment all of its environment variables
 */
record FunctionSpec(String id, String handler, Duration timeout, Map<String, String> environment) {
    /** Sorts the variables, so that a template is the same each time. */
    FunctionSpec {
        environment = new TreeMap<>(environment);
    }
}
