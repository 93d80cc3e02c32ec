package dev.larder.benchmarks.lifecycle;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.larder.local.bus.Tap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the calls of BatchDeleteImage, and those of any action that ECR refused for its rate, as CloudTrail tells of them. */
final class Deletions implements Tap {
    private final Set<String> named = new HashSet<>();
    private long calls;
    private long refused;
    private long repeated;
    private long throttled;

    @Override
    public synchronized List<String> pass(String event) {
        if (event.contains("\"ThrottlingException\"")) {
            throttled++;
        } else if (event.contains("\"BatchDeleteImage\"")) {
            count(event);
        }
        return List.of(event);
    }

    private void count(String event) {
        try {
            Map<String, Object> detail = object(JSON.std.mapFrom(event), "detail");
            if (!"BatchDeleteImage".equals(detail.get("eventName"))) {
                return;
            }
            calls++;
            refused += detail.containsKey("errorCode") ? 1 : 0;
            Map<String, Object> parameters = object(detail, "requestParameters");
            if (parameters.get("imageIds") instanceof List<?> ids) {
                ids.forEach(id -> repeated += named.add(parameters.get("repositoryName") + "@" + id) ? 0 : 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an event is no JSON: " + event, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    synchronized long calls() {
        return calls;
    }

    /** Refused for the rate: nothing was done, and the call came again. */
    synchronized long throttled() {
        return throttled;
    }

    /** Refused for another reason. */
    synchronized long refused() {
        return refused;
    }

    synchronized long repeated() {
        return repeated;
    }
}
