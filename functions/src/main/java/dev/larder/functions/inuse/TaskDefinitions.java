package dev.larder.functions.inuse;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** The images that ECS's task definitions name. A revision never changes, so each is asked for once. */
final class TaskDefinitions {
    /** What ECS says of a revision or family that is not there (seen in getmoto/moto#5910, hashicorp/terraform#12609). */
    private static final String GONE = "Unable to describe task definition";

    private final EcsClient client;
    private final Map<String, List<String>> imagesByArn = new ConcurrentHashMap<>();
    /** With so many families, or fewer, the list of all revisions is the longer way. */
    private volatile int tooFew;

    TaskDefinitions(EcsClient client) {
        this.client = client;
    }

    /**
     * The images of the newest active revision of each family. Which one that is, a list of all active revisions tells, a
     * hundred in a call; where there are so many that it takes more calls than there are families, each is asked for by name.
     */
    void newest(Sighted sighted) {
        List<String> families = client
                .listTaskDefinitionFamiliesPaginator(list -> list.status(TaskDefinitionFamilyStatus.ACTIVE))
                .families()
                .stream()
                .toList();
        Optional<Map<String, String>> newest = newest(families.size());
        if (newest.isPresent()) {
            newest.get().forEach((family, arn) -> of(arn, user(family), sighted));
        } else {
            families.forEach(family -> describe(family).stream()
                    .flatMap(List::stream)
                    .forEach(image -> sighted.add(image, null, user(family))));
        }
    }

    private static String user(String family) {
        return "the newest revision of the task definition " + family;
    }

    /** The newest active revision of each family; absent when listing them takes as many calls as there are families. */
    private Optional<Map<String, String>> newest(int families) {
        if (families <= tooFew) {
            return Optional.empty();
        }
        Map<String, String> newest = new HashMap<>();
        // each page is asked for when its turn comes
        Iterator<ListTaskDefinitionsResponse> pages = client.listTaskDefinitionsPaginator(
                        list -> list.status(TaskDefinitionStatus.ACTIVE).sort(SortOrder.DESC))
                .iterator();
        for (int calls = 1; pages.hasNext(); calls++) {
            if (calls >= families) {
                tooFew = families;
                return Optional.empty();
            }
            pages.next().taskDefinitionArns().forEach(arn -> newest.merge(family(arn), arn, TaskDefinitions::newer));
        }
        return Optional.of(newest);
    }

    /** Of an ARN, which ends with {@code task-definition/family:revision}. */
    private static String family(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
    }

    private static String newer(String one, String other) {
        return revision(one) > revision(other) ? one : other;
    }

    private static long revision(String arn) {
        return Long.parseLong(arn.substring(arn.lastIndexOf(':') + 1));
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
