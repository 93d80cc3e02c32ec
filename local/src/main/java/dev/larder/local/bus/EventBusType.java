package dev.larder.local.bus;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.Map;
import java.util.Set;

/** Custom event buses: a name that rules and events share. */
public record EventBusType() implements ResourceType {
    @Override
    public String name() {
        return "AWS::Events::EventBus";
    }

    @Override
    public Set<String> properties() {
        return Set.of("Description", "Name", "Tags[].Key", "Tags[].Value");
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String name = resource.required("Name");
        return new Deployed(
                name,
                Map.of(
                        "Arn",
                        TextNode.valueOf(resource.arn("events", "event-bus/" + name)),
                        "Name",
                        TextNode.valueOf(name)));
    }
}
