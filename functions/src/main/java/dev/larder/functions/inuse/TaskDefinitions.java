package dev.larder.functions.inuse;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** The images that ECS's task definitions name. A revision never changes, so each is asked for once. */
final class TaskDefinitions {
    /** What ECS says of a revision or family that is not there (seen in getmoto/moto#5910, hashicorp/terraform#12609). */
    private static final String GONE = "Unable to describe task definition";

    private final EcsClient client;
    private final NewestRevisions newest;
    private final Map<String, List<String>> imagesByArn = new ConcurrentHashMap<>();

    TaskDefinitions(EcsClient client, InstantSource clock) {
        this.client = client;
        this.newest = new NewestRevisions(client, this::newestOf, clock);
    }

    /** The images of the newest active revision of each family. */
    void newest(Sighted sighted, AskingTime time) {
        newest.all(time)
                .forEach((family, arn) ->
                        of(arn, "the newest revision of the task definition " + family, sighted, time));
    }

    /** The images of one revision. */
    void of(String arn, String user, Sighted sighted, AskingTime time) {
        images(arn, time).forEach(image -> sighted.add(image, null, user));
    }

    private List<String> images(String arn, AskingTime time) {
        List<String> known = imagesByArn.get(arn);
        if (known != null) {
            return known;
        }
        Optional<List<String>> images = time.take(() -> describe(arn)).map(TaskDefinitions::images);
        images.ifPresent(each -> imagesByArn.put(arn, each));
        return images.orElse(List.of());
    }

    private Optional<String> newestOf(String family) {
        return describe(family).map(definition -> {
            imagesByArn.put(definition.taskDefinitionArn(), images(definition));
            return definition.taskDefinitionArn();
        });
    }

    private static List<String> images(TaskDefinition definition) {
        return definition.containerDefinitions().stream()
                .map(ContainerDefinition::image)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Absent when it is gone: then nothing can be started from it. */
    private Optional<TaskDefinition> describe(String name) {
        try {
            return Optional.of(client.describeTaskDefinition(describe -> describe.taskDefinition(name))
                    .taskDefinition());
        } catch (ClientException e) {
            if (String.valueOf(e.getMessage()).contains(GONE)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
