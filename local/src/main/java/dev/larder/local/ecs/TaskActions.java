package dev.larder.local.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.RegistryImages;
import dev.larder.local.front.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Tasks, which are said to run from RunTask to StopTask. */
final class TaskActions {
    private static final int PAGE = 100;

    private final EcsRecords records;
    private final RegistryImages images;

    TaskActions(EcsRecords records, RegistryImages images) {
        this.records = records;
        this.images = images;
    }

    Map<String, UnaryOperator<ObjectNode>> actions() {
        return Map.of(
                "RunTask", this::run,
                "StopTask", this::stop,
                "ListTasks", this::list,
                "DescribeTasks", this::describe);
    }

    private ObjectNode run(ObjectNode input) {
        String cluster = records.cluster(input);
        ObjectNode definition = DefinitionActions.find(records, Json.required(input, "taskDefinition"));
        ObjectNode answer = Json.object();
        ArrayNode tasks = answer.putArray("tasks");
        answer.putArray("failures");
        for (int i = 0; i < input.path("count").asInt(1); i++) {
            tasks.add(task(cluster, definition));
        }
        return answer;
    }

    private ObjectNode task(String cluster, ObjectNode definition) {
        String arn = records.arn(
                "task/" + cluster + "/" + UUID.randomUUID().toString().replace("-", ""));
        ObjectNode task = Json.object()
                .put("taskArn", arn)
                .put("clusterArn", records.arn("cluster/" + cluster))
                .put("taskDefinitionArn", definition.path("taskDefinitionArn").asText())
                .put("desiredStatus", "RUNNING")
                .put("lastStatus", "RUNNING");
        ArrayNode containers = task.putArray("containers");
        for (JsonNode defined : definition.path("containerDefinitions")) {
            String image = defined.path("image").asText();
            ObjectNode container = containers
                    .addObject()
                    .put("name", defined.path("name").asText())
                    .put("image", image)
                    .put("lastStatus", "RUNNING");
            images.digest(image).ifPresent(digest -> container.put("imageDigest", digest.value()));
        }
        return records.put(EcsRecords.TASKS, arn, task);
    }

    private ObjectNode stop(ObjectNode input) {
        String name = Json.required(input, "task");
        String arn = name.startsWith("arn:") ? name : records.arn("task/" + records.cluster(input) + "/" + name);
        ObjectNode task = records.find(EcsRecords.TASKS, arn)
                .orElseThrow(() -> EcsRecords.invalid("The referenced task was not found."));
        task.put("desiredStatus", "STOPPED").put("lastStatus", "STOPPED");
        ObjectNode answer = Json.object();
        answer.set("task", records.put(EcsRecords.TASKS, arn, task));
        return answer;
    }

    private ObjectNode list(ObjectNode input) {
        String cluster = records.arn("cluster/" + records.cluster(input));
        String status = input.path("desiredStatus").asText("RUNNING");
        List<String> arns = records
                .all(
                        EcsRecords.TASKS,
                        each -> each.path("clusterArn").asText().equals(cluster)
                                && each.path("desiredStatus").asText().equals(status))
                .stream()
                .map(each -> each.path("taskArn").asText())
                .toList();
        return EcsRecords.page(input, "taskArns", arns, PAGE);
    }

    private ObjectNode describe(ObjectNode input) {
        return records.described(
                EcsRecords.TASKS, "tasks", input.path("tasks"), "task/" + records.cluster(input) + "/", PAGE);
    }
}
