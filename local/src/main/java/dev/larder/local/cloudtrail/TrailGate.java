package dev.larder.local.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.aws.EventSink;
import dev.larder.local.front.Json;

/**
 * Lets an event that comes through CloudTrail onto the bus only while a trail logs its kind of call (EventBridge user
 * guide; ecr-facts 3.4). A service's own events do not need one. What is held back is gone, as in AWS.
 */
public record TrailGate(Trails trails, EventSink bus) implements EventSink {
    @Override
    public void put(String event) {
        JsonNode parsed = Json.read(event);
        boolean throughTrail = parsed.path("detail-type").asText().endsWith(" via CloudTrail");
        if (!throughTrail || trails.log(parsed.path("detail").path("readOnly").asBoolean())) {
            bus.put(event);
        }
    }
}
