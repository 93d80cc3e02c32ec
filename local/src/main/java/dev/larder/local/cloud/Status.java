package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import dev.larder.local.lambda.EventSourceMapping;
import dev.larder.local.lambda.EventSourceMappings;
import dev.larder.local.lambda.Functions;
import dev.larder.local.lambda.LambdaFunction;
import dev.larder.local.scheduler.Schedules;
import dev.larder.local.sqs.Sqs;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What {@code GET /_larder/status} tells. */
record Status(
        CellStacks cell,
        LocalClock clock,
        Set<String> services,
        Functions functions,
        EventSourceMappings mappings,
        Schedules schedules,
        Alarms alarms,
        Sqs sqs,
        List<String> queues) {
    ObjectNode read() {
        ObjectNode status = Json.object()
                .put("account", cell.account())
                .put("region", cell.region())
                .put("now", clock.now().toString())
                .put("ahead", clock.ahead().toString());
        ArrayNode names = status.putArray("services");
        new TreeSet<>(services).forEach(names::add);
        ObjectNode byFunction = status.putObject("functions");
        for (LambdaFunction function : functions.all()) {
            ObjectNode entry = byFunction.putObject(function.settings().name());
            entry.put("invocations", function.invocations()).put("errors", function.errors());
            function.lastError().ifPresent(error -> entry.set("lastError", Json.read(error)));
        }
        ObjectNode byQueue = status.putObject("queues");
        for (String queue : queues) {
            Sqs.Depth depth = sqs.depth(queue);
            byQueue.putObject(queue)
                    .put("visible", depth.visible())
                    .put("inFlight", depth.inFlight())
                    .put("delayed", depth.delayed());
        }
        ObjectNode troubles = status.putObject("troubles");
        for (EventSourceMapping mapping : mappings.all()) {
            mapping.trouble()
                    .ifPresent(trouble -> troubles.put(mapping.settings().queue(), trouble));
        }
        status.set("schedules", schedules.status());
        status.set("alarms", alarms.status());
        return status;
    }
}
