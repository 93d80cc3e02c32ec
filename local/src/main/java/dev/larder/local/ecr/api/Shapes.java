package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pieces of answers that several actions share. */
final class Shapes {
    private Shapes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** AWS's JSON protocol has seconds since 1970 with a fraction. */
    static void time(ObjectNode node, String member, Instant at) {
        node.put(member, BigDecimal.valueOf(at.toEpochMilli(), 3));
    }

    static void texts(ObjectNode node, String member, Collection<String> texts) {
        ArrayNode array = node.putArray(member);
        texts.forEach(array::add);
    }

    static void exclusions(ObjectNode node, List<String> filters) {
        if (!filters.isEmpty()) {
            ArrayNode array = node.putArray("imageTagMutabilityExclusionFilters");
            filters.forEach(
                    filter -> array.addObject().put("filterType", "WILDCARD").put("filter", filter));
        }
    }

    static List<String> exclusions(Request request) {
        List<String> filters = new java.util.ArrayList<>();
        for (JsonNode filter : request.input().path("imageTagMutabilityExclusionFilters")) {
            filters.add(filter.path("filter").asText());
        }
        return filters;
    }

    static void tags(ArrayNode array, Map<String, String> tags) {
        new TreeMap<>(tags)
                .forEach((key, value) -> array.addObject().put("Key", key).put("Value", value));
    }

    /** {@code failures[]} of an image. */
    static void failure(ArrayNode failures, ImageId id, String code, String reason) {
        ObjectNode failure = failures.addObject();
        failure.set("imageId", id.json());
        failure.put("failureCode", code).put("failureReason", reason);
    }
}
