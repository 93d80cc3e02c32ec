package dev.larder.local.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A synthesized stack.
 *
 * @param account where it goes
 * @param dependencies the stacks that are deployed before it
 * @param assets local files and folders by the S3 key under which the CDK would upload them
 */
public record StackTemplate(
        String name,
        String account,
        String region,
        ObjectNode template,
        List<String> dependencies,
        Map<String, Path> assets) {
    /** Copies the collections. */
    public StackTemplate {
        dependencies = List.copyOf(dependencies);
        assets = Map.copyOf(assets);
    }
}
