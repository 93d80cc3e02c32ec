package dev.larder.local.cloud;

import dev.larder.local.template.Deployment;
import dev.larder.local.template.ResourceType;
import dev.larder.local.template.StackTemplate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Deploys a cell's stacks one after the other, and tells of each resource. */
final class CellDeployment {
    private final Consumer<String> progress;

    CellDeployment(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Makes what the templates describe.
     *
     * @return the outputs of all stacks
     * @throws IOException when a resource cannot be made
     */
    Map<String, String> deploy(CellStacks cell, List<ResourceType> types) throws IOException {
        Map<String, String> outputs = new TreeMap<>();
        Deployment deployment = new Deployment(
                types, resource -> progress.accept("created " + resource.type() + " " + resource.logicalId()));
        for (StackTemplate stack : cell.stacks()) {
            progress.accept("deploying " + stack.name());
            outputs.putAll(deployment.deploy(stack));
        }
        return outputs;
    }
}
