package dev.larder.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import java.io.IOException;
import java.util.Set;

/** A role or a policy, whose permissions are taken note of. */
record Observed(ResourceType type, RolePermissions permissions) implements ResourceType {
    @Override
    public String name() {
        return type.name();
    }

    @Override
    public Set<String> properties() {
        return type.properties();
    }

    @Override
    public Deployed deploy(Resource resource) throws IOException {
        Deployed deployed = type.deploy(resource);
        if (name().equals("AWS::IAM::Role")) {
            permissions.role(deployed.ref());
            resource.get("Policies")
                    .forEach(policy -> permissions.allow(deployed.ref(), policy.path("PolicyDocument")));
        } else {
            for (JsonNode role : resource.get("Roles")) {
                permissions.allow(role.asText(), resource.get("PolicyDocument"));
            }
        }
        return deployed;
    }
}
