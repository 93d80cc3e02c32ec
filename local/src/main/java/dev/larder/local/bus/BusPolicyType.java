package dev.larder.local.bus;

import dev.larder.local.template.Deployed;
import dev.larder.local.template.Resource;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.TemplateException;
import java.util.Set;
import java.util.TreeSet;

/** Statements of buses' policies: which accounts may put which events there. */
public record BusPolicyType(EventBus bus) implements ResourceType {
    @Override
    public String name() {
        return "AWS::Events::EventBusPolicy";
    }

    @Override
    public Set<String> properties() {
        Set<String> known = new TreeSet<>(BusStatement.properties());
        known.add("EventBusName");
        known.add("StatementId");
        return known;
    }

    @Override
    public Deployed deploy(Resource resource) throws TemplateException {
        String name = resource.text("EventBusName").orElse(EventBus.DEFAULT);
        bus.allow(name + "/" + resource.required("StatementId"), BusStatement.of(resource));
        return Deployed.of(resource.nameOr("", 128));
    }
}
