package dev.larder.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.front.Json;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Clusters. */
final class ClusterActions {
    private static final int PAGE = 100;

    private final EcsRecords records;

    ClusterActions(EcsRecords records) {
        this.records = records;
    }

    Map<String, UnaryOperator<ObjectNode>> actions() {
        return Map.of("CreateCluster", this::create, "ListClusters", this::list);
    }

    private ObjectNode create(ObjectNode input) {
        String name = input.path("clusterName").asText("default");
        String arn = records.arn("cluster/" + name);
        ObjectNode cluster = records.find(EcsRecords.CLUSTERS, arn)
                .orElseGet(() -> records.put(
                        EcsRecords.CLUSTERS,
                        arn,
                        Json.object()
                                .put("clusterArn", arn)
                                .put("clusterName", name)
                                .put("status", "ACTIVE")));
        ObjectNode answer = Json.object();
        answer.set("cluster", cluster);
        return answer;
    }

    private ObjectNode list(ObjectNode input) {
        return EcsRecords.page(
                input,
                "clusterArns",
                records.all(EcsRecords.CLUSTERS, cluster -> true).stream()
                        .map(cluster -> cluster.path("clusterArn").asText())
                        .toList(),
                PAGE);
    }
}
