package dev.larder.local.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.bus.Tap;
import dev.larder.local.front.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what CloudTrail says of calls to ECR: which were refused for their rate, and what was deleted how often. */
final class EcrCallRecords implements Tap {
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Map<String, Integer> deleted = new HashMap<>();

    @Override
    public synchronized List<String> pass(String event) {
        JsonNode detail = Json.read(event).path("detail");
        String action = detail.path("eventName").asText();
        if (detail.path("errorCode").asText().equals("ThrottlingException")) {
            refused.merge(action, 1, Integer::sum);
        } else if (action.equals("BatchDeleteImage")) {
            JsonNode parameters = detail.path("requestParameters");
            for (JsonNode image : parameters.path("imageIds")) {
                deleted.merge(parameters.path("repositoryName").asText() + image, 1, Integer::sum);
            }
        }
        return List.of(event);
    }

    /** How many calls of each action were refused since the last time. */
    synchronized Map<String, Integer> refused() {
        Map<String, Integer> counted = new TreeMap<>(refused);
        refused.clear();
        return counted;
    }

    /** How often each image was named in a deletion that ECR took, since the last time. */
    synchronized Map<String, Integer> deleted() {
        Map<String, Integer> counted = new HashMap<>(deleted);
        deleted.clear();
        return counted;
    }
}
