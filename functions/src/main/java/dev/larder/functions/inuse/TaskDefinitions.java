package dev.larder.functions.inuse;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;

/** The images that ECS's task definitions name. A revision never changes, so each is asked for once. */
final class TaskDefinitions {
    /** What ECS says of a revision or family that is not there (seen in getmoto/moto#5910, hashicorp/terraform#12609). */
    private static final String GONE = "Unable to describe task definition";

    private final EcsClient client;
    private final Map<String, List<String>> imagesByArn = new ConcurrentHashMap<>();

    TaskDefinitions(EcsClient client) {
        this.client = client;
    }

    /** The images of the newest active revision of each family. */
    void newest(Sighted sighted) {
        client.listTaskDefinitionFamiliesPaginator(list -> list.status(TaskDefinitionFamilyStatus.ACTIVE))
                .families()
                .forEach(family -> describe(family).stream()
                        .flatMap(List::stream)
                        .forEach(image ->
                                sighted.add(image, null, "the newest revision of the task definition " + family)));
    }

    /** The images of one revision. */
    void of(String arn, String user, Sighted sighted) {
        List<String> known = imagesByArn.get(arn);
        if (known != null) {
            known.forEach(image -> sighted.add(image, null, user));
            return;
        }
        describe(arn).ifPresent(images -> {
            imagesByArn.put(arn, images);
            images.forEach(image -> sighted.add(image, null, user));
        });
    }

    /** Absent when it is gone: then nothing can be started from it. */
    private Optional<List<String>> describe(String name) {
        try {
            return Optional.of(client
                    .describeTaskDefinition(describe -> describe.taskDefinition(name))
                    .taskDefinition()
                    .containerDefinitions()
                    .stream()
                    .map(ContainerDefinition::image)
                    .filter(Objects::nonNull)
                    .toList());
        } catch (ClientException e) {
            if (String.valueOf(e.getMessage()).contains(GONE)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
