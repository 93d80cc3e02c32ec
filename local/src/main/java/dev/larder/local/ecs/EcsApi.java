package dev.larder.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.ecr.RegistryImages;
import dev.larder.local.front.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * ECS's API: clusters, task definitions, services and tasks are taken note of and can be read; no container is started,
 * nor does a service start tasks. What is not imitated is refused by name.
 */
public final class EcsApi implements JsonService {
    private final Map<String, UnaryOperator<ObjectNode>> actions = new TreeMap<>();

    private EcsApi(EcsRecords records, RegistryImages images) {
        actions.putAll(new ClusterActions(records).actions());
        actions.putAll(new DefinitionActions(records).actions());
        actions.putAll(new ServiceActions(records, images).actions());
        actions.putAll(new TaskActions(records, images).actions());
    }

    /**
     * Opens it.
     *
     * @param file where it is kept
     * @param images whose digests tasks and services are given
     * @throws IOException when the file cannot be read
     */
    public static EcsApi open(Path file, String account, String region, RegistryImages images) throws IOException {
        return new EcsApi(new EcsRecords(JsonFile.open(file), account, region), images);
    }

    @Override
    public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
        UnaryOperator<ObjectNode> performed = actions.get(action);
        if (performed == null) {
            throw new AwsException(
                    400,
                    "UnknownOperationException",
                    "the local cloud's ECS does not have " + action + "; it has " + actions.keySet());
        }
        return performed.apply(input);
    }
}
