package dev.larder.local.ecr.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.Repository;
import dev.larder.local.ecr.state.Wildcard;
import java.util.Map;
import java.util.Optional;

/** How the registry scans, and what scans have found. */
final class ScanningActions {
    private static final String SETTING = "scanning";
    private static final JsonMapper JSON = new JsonMapper();

    private final EcrRegistry registry;

    ScanningActions(EcrRegistry registry) {
        this.registry = registry;
    }

    Map<String, Action> actions() {
        return Map.of(
                "GetRegistryScanningConfiguration", request -> get("scanningConfiguration", true),
                "PutRegistryScanningConfiguration", this::put,
                "BatchGetRepositoryScanningConfiguration", this::ofRepositories);
    }

    /** Puts status and summary of the last scan into {@code ImageDetail}. */
    static void addSummary(EcrRegistry registry, Image image, ObjectNode detail) {
        registry.findings().find(image.repository(), image.digest()).ifPresent(scan -> {
            detail.putObject("imageScanStatus").put("status", scan.status());
            JsonNode findings = parse(scan.findings());
            ObjectNode summary = detail.putObject("imageScanFindingsSummary");
            Shapes.time(summary, "imageScanCompletedAt", scan.at());
            summary.set("findingSeverityCounts", findings.path("findingSeverityCounts"));
        });
    }

    private ObjectNode get(String member, boolean withId) {
        ObjectNode answer = Shapes.object();
        if (withId) {
            answer.put("registryId", registry.account());
        }
        answer.set(member, configuration());
        return answer;
    }

    private JsonNode configuration() {
        return registry.settings().setting(SETTING).map(ScanningActions::parse).orElseGet(() -> {
            ObjectNode basic = Shapes.object().put("scanType", "BASIC");
            basic.putArray("rules");
            return basic;
        });
    }

    private ObjectNode put(Request request) {
        ObjectNode configuration =
                Shapes.object().put("scanType", request.optional("scanType").orElse("BASIC"));
        ArrayNode rules = configuration.putArray("rules");
        request.input().path("rules").forEach(rules::add);
        registry.settings().putSetting(SETTING, configuration.toString());
        return get("registryScanningConfiguration", false);
    }

    private ObjectNode ofRepositories(Request request) {
        ObjectNode answer = Shapes.object();
        ArrayNode found = answer.putArray("scanningConfigurations");
        ArrayNode failures = answer.putArray("failures");
        for (String name : request.texts("repositoryNames")) {
            Optional<Repository> repository = registry.repositories().find(name);
            repository.ifPresent(present -> found.add(ofRepository(present)));
            if (repository.isEmpty()) {
                failures.addObject()
                        .put("repositoryName", name)
                        .put("failureCode", "REPOSITORY_NOT_FOUND")
                        .put("failureReason", "The repository does not exist");
            }
        }
        return answer;
    }

    private ObjectNode ofRepository(Repository repository) {
        ObjectNode node = Shapes.object()
                .put("repositoryArn", registry.arn(repository.name()))
                .put("repositoryName", repository.name());
        String frequency = repository.scanOnPush() ? "SCAN_ON_PUSH" : "MANUAL";
        ArrayNode applied = JSON.createArrayNode();
        for (JsonNode rule : configuration().path("rules")) {
            for (JsonNode filter : rule.path("repositoryFilters")) {
                if (Wildcard.matches(filter.path("filter").asText(), repository.name())) {
                    applied.add(filter);
                    frequency = rule.path("scanFrequency").asText();
                }
            }
        }
        node.put("scanOnPush", frequency.equals("SCAN_ON_PUSH")).put("scanFrequency", frequency);
        node.set("appliedScanFilters", applied);
        return node;
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("could not read the kept " + json, e);
        }
    }
}
