package dev.larder.functions.inuse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Task;

/** What runs in one ECS cluster after the other, or would when its services are scaled up. */
final class EcsClusters {
    /** In one call each (ECS's API model). */
    private static final int TASKS = 100;

    private static final int SERVICES = 10;
    private static final int REVISIONS = 20;

    private final EcsClient client;
    private final TaskDefinitions definitions;
    private final Sighted sighted;
    private final AskingTime time;

    EcsClusters(EcsClient client, TaskDefinitions definitions, Sighted sighted, AskingTime time) {
        this.client = client;
        this.definitions = definitions;
        this.sighted = sighted;
        this.time = time;
    }

    void look(String cluster) {
        try {
            all(cluster);
        } catch (ClusterNotFoundException deleted) {
            // while we were reading: nothing runs there any more
            return;
        }
    }

    private void all(String cluster) {
        List<String> tasks = client.listTasksPaginator(list -> list.cluster(cluster)).taskArns().stream()
                .toList();
        inChunks(tasks, TASKS, chunk -> tasks(cluster, chunk));
        List<String> services = client.listServicesPaginator(list -> list.cluster(cluster)).serviceArns().stream()
                .toList();
        inChunks(services, SERVICES, chunk -> services(cluster, chunk));
    }

    private void tasks(String cluster, List<String> arns) {
        DescribeTasksResponse answer =
                client.describeTasks(describe -> describe.cluster(cluster).tasks(arns));
        whole(answer.failures(), "the tasks of " + name(cluster));
        for (Task task : answer.tasks()) {
            String user = "a task of " + name(task.taskDefinitionArn()) + " in " + name(cluster);
            task.containers().forEach(container -> sighted.add(container.image(), container.imageDigest(), user));
            definitions.of(task.taskDefinitionArn(), user, sighted, time);
        }
    }

    private void services(String cluster, List<String> arns) {
        DescribeServicesResponse answer =
                client.describeServices(describe -> describe.cluster(cluster).services(arns));
        whole(answer.failures(), "the services of " + name(cluster));
        List<String> revisions = new ArrayList<>();
        for (Service service : answer.services()) {
            String user = user(service);
            inUse(service).forEach(arn -> definitions.of(arn, user, sighted, time));
            service.currentServiceRevisions().forEach(revision -> revisions.add(revision.arn()));
        }
        inChunks(revisions, REVISIONS, this::revisions);
    }

    private static Set<String> inUse(Service service) {
        Set<String> definitions = new LinkedHashSet<>();
        definitions.add(service.taskDefinition());
        service.deployments().forEach(deployment -> definitions.add(deployment.taskDefinition()));
        service.taskSets().forEach(set -> definitions.add(set.taskDefinition()));
        // those of a service with an external deployment controller have none of their own
        definitions.removeIf(arn -> arn == null || arn.isEmpty());
        return definitions;
    }

    /**
     * A service starts tasks from the digests that its tags stood for when it was deployed (ECS API, ContainerImage), so
     * that even without a task it needs an image that no tag points at any more.
     */
    private void revisions(List<String> arns) {
        DescribeServiceRevisionsResponse answer =
                client.describeServiceRevisions(describe -> describe.serviceRevisionArns(arns));
        whole(answer.failures(), "the revisions of services");
        for (ServiceRevision revision : answer.serviceRevisions()) {
            String user = "the service " + name(revision.serviceArn()) + " in " + name(revision.clusterArn());
            revision.containerImages().forEach(image -> sighted.add(image.image(), image.imageDigest(), user));
        }
    }

    private static String user(Service service) {
        return "the service " + service.serviceName() + " in " + name(service.clusterArn())
                + (service.desiredCount() != null && service.desiredCount() == 0 ? ", scaled to zero" : "");
    }

    /** What ended since it was listed is missing, and that is well. */
    private static void whole(List<Failure> failures, String what) {
        failures.stream()
                .filter(failure -> !"MISSING".equals(failure.reason()))
                .findFirst()
                .ifPresent(failure -> {
                    throw new IllegalStateException(
                            "could not read all of " + what + ": " + failure.arn() + ": " + failure.reason());
                });
    }

    private static void inChunks(List<String> all, int most, Consumer<List<String>> each) {
        for (int from = 0; from < all.size(); from += most) {
            each.accept(all.subList(from, Math.min(all.size(), from + most)));
        }
    }

    /** The last part of an ARN. */
    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
