package dev.larder.local.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.RegistryImages;
import dev.larder.local.front.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Services with their revisions. A revision has the digests of its images from its first tasks on. */
final class ServiceActions {
    /** ListServices gives ten a page unless told otherwise (ECS's API model); DescribeServices takes ten. */
    private static final int PAGE = 10;

    private static final int REVISIONS = 20;

    private final EcsRecords records;
    private final RegistryImages images;

    ServiceActions(EcsRecords records, RegistryImages images) {
        this.records = records;
        this.images = images;
    }

    Map<String, UnaryOperator<ObjectNode>> actions() {
        return Map.of(
                "CreateService", this::create,
                "UpdateService", this::update,
                "DeleteService", this::delete,
                "ListServices", this::list,
                "DescribeServices", this::describe,
                "DescribeServiceRevisions", this::revisions);
    }

    private ObjectNode create(ObjectNode input) {
        String cluster = records.cluster(input);
        String name = Json.required(input, "serviceName");
        String arn = records.arn("service/" + cluster + "/" + name);
        if (records.find(EcsRecords.SERVICES, arn)
                .filter(ServiceActions::isActive)
                .isPresent()) {
            throw EcsRecords.invalid("Creation of service was not idempotent.");
        }
        ObjectNode service = Json.object()
                .put("serviceArn", arn)
                .put("serviceName", name)
                .put("clusterArn", records.arn("cluster/" + cluster))
                .put("status", "ACTIVE")
                .put("desiredCount", input.path("desiredCount").asInt(0));
        return deploy(service, Json.required(input, "taskDefinition"));
    }

    private ObjectNode update(ObjectNode input) {
        ObjectNode service = active(input);
        if (input.has("desiredCount")) {
            service.put("desiredCount", input.path("desiredCount").asInt());
        }
        return deploy(
                service,
                input.path("taskDefinition")
                        .asText(service.path("taskDefinition").asText()));
    }

    private ObjectNode deploy(ObjectNode service, String taskDefinition) {
        ObjectNode definition = DefinitionActions.find(records, taskDefinition);
        String definitionArn = definition.path("taskDefinitionArn").asText();
        boolean changed = !service.path("taskDefinition").asText().equals(definitionArn);
        boolean starts = service.path("desiredCount").asInt() > 0;
        service.put("taskDefinition", definitionArn);
        ArrayNode deployments = service.putArray("deployments");
        deployments
                .addObject()
                .put("id", "ecs-svc/1")
                .put("status", "PRIMARY")
                .put("taskDefinition", definitionArn)
                .put("desiredCount", service.path("desiredCount").asInt());
        if (changed || starts) {
            String revision = revision(service, definition, starts);
            service.putArray("currentServiceRevisions").addObject().put("arn", revision);
        }
        records.put(EcsRecords.SERVICES, service.path("serviceArn").asText(), service);
        return answer(service);
    }

    private String revision(ObjectNode service, ObjectNode definition, boolean starts) {
        String path = service.path("serviceArn").asText().replaceFirst(".*:service/", "");
        String arn = records.arn("service-revision/" + path + "/" + UUID.randomUUID());
        ObjectNode revision = Json.object()
                .put("serviceRevisionArn", arn)
                .put("serviceArn", service.path("serviceArn").asText())
                .put("clusterArn", service.path("clusterArn").asText())
                .put("taskDefinition", definition.path("taskDefinitionArn").asText());
        ArrayNode containers = revision.putArray("containerImages");
        for (JsonNode container : definition.path("containerDefinitions")) {
            ObjectNode image = containers
                    .addObject()
                    .put("containerName", container.path("name").asText())
                    .put("image", container.path("image").asText());
            if (starts) {
                images.digest(container.path("image").asText())
                        .ifPresent(digest -> image.put("imageDigest", digest.value()));
            }
        }
        records.put(EcsRecords.REVISIONS, arn, revision);
        return arn;
    }

    private ObjectNode delete(ObjectNode input) {
        ObjectNode service = active(input);
        service.put("status", "INACTIVE").put("desiredCount", 0);
        return answer(
                records.put(EcsRecords.SERVICES, service.path("serviceArn").asText(), service));
    }

    private ObjectNode list(ObjectNode input) {
        String cluster = records.arn("cluster/" + records.cluster(input));
        List<String> arns = records
                .all(
                        EcsRecords.SERVICES,
                        each -> isActive(each)
                                && each.path("clusterArn").asText().equals(cluster))
                .stream()
                .map(each -> each.path("serviceArn").asText())
                .toList();
        return EcsRecords.page(input, "serviceArns", arns, PAGE);
    }

    private ObjectNode describe(ObjectNode input) {
        return records.described(
                EcsRecords.SERVICES,
                "services",
                input.path("services"),
                "service/" + records.cluster(input) + "/",
                PAGE);
    }

    private ObjectNode revisions(ObjectNode input) {
        return records.described(
                EcsRecords.REVISIONS, "serviceRevisions", input.path("serviceRevisionArns"), "", REVISIONS);
    }

    private ObjectNode active(ObjectNode input) {
        String name = EcsRecords.last(Json.required(input, "service"));
        String arn = records.arn("service/" + records.cluster(input) + "/" + name);
        return records.find(EcsRecords.SERVICES, arn)
                .filter(ServiceActions::isActive)
                .orElseThrow(() -> new AwsException(400, "ServiceNotFoundException", "Service not found."));
    }

    private static boolean isActive(ObjectNode service) {
        return service.path("status").asText().equals("ACTIVE");
    }

    private static ObjectNode answer(ObjectNode service) {
        ObjectNode answer = Json.object();
        answer.set("service", service);
        return answer;
    }
}
