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
 * @param loops whether it sends to the queue that fires it, and means to. Otherwise Lambda takes that for a mistake:
 *     what has gone round about 16 times it does not bring to the function again, but to the queue's dead letters
 *     (Lambda's guide, "recursive loop detection")
 */
record FunctionSpec(String id, String handler, Duration timeout, Map<String, String> environment, boolean loops) {
    /** Sorts the variables, so that a template is the same each time. */
    FunctionSpec {
        environment = new TreeMap<>(environment);
    }

    /** One that does not send to what fires it. */
    FunctionSpec(String id, String handler, Duration timeout, Map<String, String> environment) {
        this(id, handler, timeout, environment, false);
    }

    /** The same, and it puts messages back into its own queue. */
    FunctionSpec looping() {
        return new FunctionSpec(id, handler, timeout, environment, true);
    }
}
