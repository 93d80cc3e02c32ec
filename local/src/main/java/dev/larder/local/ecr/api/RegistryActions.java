package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AuthorizationTokens;
import dev.larder.local.ecr.state.EcrRegistry;
import java.net.URI;
import java.util.Map;

/** The registry itself and the way to log in to it. */
final class RegistryActions {
    private final EcrRegistry registry;
    private final AuthorizationTokens tokens;
    private final URI endpoint;

    RegistryActions(EcrRegistry registry, AuthorizationTokens tokens, URI endpoint) {
        this.registry = registry;
        this.tokens = tokens;
        this.endpoint = endpoint;
    }

    Map<String, Action> actions() {
        return Map.of("DescribeRegistry", this::describe, "GetAuthorizationToken", this::token);
    }

    private ObjectNode describe(Request request) {
        ObjectNode answer = Shapes.object().put("registryId", registry.account());
        answer.set("replicationConfiguration", ReplicationActions.configuration(registry));
        return answer;
    }

    private ObjectNode token(Request request) {
        AuthorizationTokens.Token token = tokens.issue(request.caller());
        ObjectNode answer = Shapes.object();
        ObjectNode data = answer.putArray("authorizationData").addObject();
        data.put("authorizationToken", token.authorizationToken());
        Shapes.time(data, "expiresAt", token.expiresAt());
        data.put("proxyEndpoint", endpoint.toString());
        return answer;
    }
}
