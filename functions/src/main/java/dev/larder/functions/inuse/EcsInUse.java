package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * The images of ECS: of running tasks; of services, with their deployments and task sets, whether any task of them runs or
 * not; and of the newest active revision of each task definition, since a schedule or a person may run that at any time.
 */
public final class EcsInUse implements InUseSources {
    private static final String ACTIONS = "ecs:ListClusters, ecs:ListTasks, ecs:DescribeTasks, ecs:ListServices,"
            + " ecs:DescribeServices, ecs:DescribeServiceRevisions, ecs:ListTaskDefinitionFamilies,"
            + " ecs:ListTaskDefinitions and ecs:DescribeTaskDefinition";

    private final EcsClient client;
    private final RegistryHosts hosts;
    private final TaskDefinitions definitions;

    /** @param hosts this registry's */
    public EcsInUse(EcsClient client, RegistryHosts hosts) {
        this.client = client;
        this.hosts = hosts;
        this.definitions = new TaskDefinitions(client);
    }

    @Override
    public List<InUse> now() {
        try {
            Sighted sighted = new Sighted(hosts);
            EcsClusters clusters = new EcsClusters(client, definitions, sighted);
            client.listClustersPaginator().clusterArns().forEach(clusters::look);
            definitions.newest(sighted);
            return List.of(InUse.of("ECS", sighted.images()));
        } catch (RuntimeException e) {
            return List.of(InUse.unreadable("ECS", Unread.why(e, ACTIONS)));
        }
    }
}
