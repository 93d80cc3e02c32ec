package dev.larder.local.bus;

import dev.larder.local.template.ResourceType;
import java.util.List;
import java.util.function.Consumer;

/** EventBridge's resources. */
public final class BusTypes {
    private BusTypes() {}

    /**
     * All of them.
     *
     * @param log takes a line for each target that is outside of the cell
     */
    public static List<ResourceType> all(EventBus bus, Consumer<String> log) {
        return List.of(new RuleType(bus, log), new EventBusType(), new BusPolicyType(bus));
    }
}
