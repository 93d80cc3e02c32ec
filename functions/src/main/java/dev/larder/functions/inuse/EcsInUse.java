package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import java.time.InstantSource;
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

    /** ECS allows 20 such calls in a second, which up to four workers share. */
    private static final int AHEAD = 1000;

    private final EcsClient client;
    private final RegistryHosts hosts;
    private final TaskDefinitions definitions;

    /**
     * Takes what a reading needs.
     *
     * @param hosts this registry's
     * @param clock tells how old an answer is
     */
    public EcsInUse(EcsClient client, RegistryHosts hosts, InstantSource clock) {
        this.client = client;
        this.hosts = hosts;
        this.definitions = new TaskDefinitions(client, clock);
    }

    @Override
    public boolean readAhead() {
        try {
            return definitions.readAhead(AHEAD);
        } catch (RuntimeException e) {
            // the reading itself says why
            return true;
        }
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
