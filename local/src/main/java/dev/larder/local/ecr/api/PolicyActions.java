package dev.larder.local.ecr.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.ecr.state.EcrRegistry;
import java.util.Map;

/** Policies of repositories and of the registry: their form is validated, they are kept, and not enforced. */
final class PolicyActions {
    private static final String REGISTRY_POLICY = "registryPolicy";
    private static final JsonMapper JSON = new JsonMapper();

    private final EcrRegistry registry;

    PolicyActions(EcrRegistry registry) {
        this.registry = registry;
    }

    Map<String, Action> actions() {
        return Map.of(
                "SetRepositoryPolicy", this::set,
                "GetRepositoryPolicy", this::get,
                "DeleteRepositoryPolicy", this::delete,
                "PutRegistryPolicy", this::putRegistry,
                "GetRegistryPolicy", request -> registryPolicy(),
                "DeleteRegistryPolicy", this::deleteRegistry);
    }

    private ObjectNode set(Request request) {
        Lookup.repository(registry, request.repositoryName());
        String text = request.text("policyText");
        check(text, "policyText");
        registry.repositories().putPolicy(request.repositoryName(), text);
        return Lookup.answer(registry, request).put("policyText", text);
    }

    private ObjectNode get(Request request) {
        Lookup.repository(registry, request.repositoryName());
        String text = registry.repositories()
                .policy(request.repositoryName())
                .orElseThrow(() -> Errors.error(
                        "RepositoryPolicyNotFoundException",
                        "Repository policy does not exist for the repository with name '" + request.repositoryName()
                                + "' in the registry with id '" + registry.account() + "'"));
        return Lookup.answer(registry, request).put("policyText", text);
    }

    private ObjectNode delete(Request request) {
        ObjectNode answer = get(request);
        registry.repositories().removePolicy(request.repositoryName());
        return answer;
    }

    private ObjectNode putRegistry(Request request) {
        String text = request.text("policyText");
        check(text, "policyText");
        registry.settings().putSetting(REGISTRY_POLICY, text);
        return registryPolicy();
    }

    private ObjectNode registryPolicy() {
        String text = registry.settings()
                .setting(REGISTRY_POLICY)
                .orElseThrow(() -> Errors.error(
                        "RegistryPolicyNotFoundException",
                        "Registry policy does not exist in the registry with id '" + registry.account() + "'"));
        return Shapes.object().put("registryId", registry.account()).put("policyText", text);
    }

    private ObjectNode deleteRegistry(Request request) {
        ObjectNode answer = registryPolicy();
        registry.settings().removeSetting(REGISTRY_POLICY);
        return answer;
    }

    /** A policy document has statements, each with an effect, a principal and actions. */
    static void check(String text, String parameter) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(parameter, "not JSON: " + e.getOriginalMessage());
        }
        JsonNode statements = root.path("Statement");
        if (statements.isObject()) {
            statements = JSON.createArrayNode().add(statements);
        }
        if (!statements.isArray() || statements.isEmpty()) {
            throw invalid(parameter, "no Statement");
        }
        for (JsonNode statement : statements) {
            String effect = statement.path("Effect").asText();
            boolean whole = (effect.equals("Allow") || effect.equals("Deny"))
                    && (statement.has("Principal") || statement.has("NotPrincipal"))
                    && (statement.has("Action") || statement.has("NotAction"));
            if (!whole) {
                throw invalid(parameter, "a statement needs Effect (Allow or Deny), Principal and Action");
            }
        }
    }

    private static AwsException invalid(String parameter, String reason) {
        return Errors.invalid(parameter, "Invalid policy provided: " + reason);
    }
}
