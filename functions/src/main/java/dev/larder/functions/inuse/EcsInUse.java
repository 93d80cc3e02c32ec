package dev.larder.functions.inuse;

import dev.larder.domain.lifecycle.InUse;
import dev.larder.events.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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
    private final Duration most;
    private final InstantSource clock;
    private Optional<Reading> ahead = Optional.empty();

    /**
     * Takes what a reading needs.
     *
     * @param hosts this registry's
     * @param most so long a reading may ask what task definitions name; the next one goes on then
     * @param clock tells how old an answer is
     */
    public EcsInUse(EcsClient client, RegistryHosts hosts, Duration most, InstantSource clock) {
        this.client = client;
        this.hosts = hosts;
        this.definitions = new TaskDefinitions(client, clock);
        this.most = most;
        this.clock = clock;
    }

    @Override
    public boolean readAhead() {
        try {
            ahead = Optional.of(read());
            return true;
        } catch (AskingTime.IsOver over) {
            return false;
        } catch (RuntimeException e) {
            // the reading itself says why
            return !(e instanceof AwsServiceException service) || !service.isThrottlingException();
        }
    }

    @Override
    public List<InUse> now() {
        try {
            Reading reading =
                    ahead.filter(read -> read.isFresh(clock.instant())).orElseGet(() -> read());
            ahead = Optional.empty();
            return List.of(InUse.of("ECS", reading.images()));
        } catch (AskingTime.IsOver over) {
            return List.of(InUse.unreadable(
                    "ECS",
                    "to ask what its task definitions name takes more than " + most.toMinutes()
                            + " minutes; the next reading goes on"));
        } catch (RuntimeException e) {
            return List.of(InUse.unreadable("ECS", Unread.why(e, ACTIONS)));
        }
    }

    private record Reading(Map<ImageReference, String> images, Instant came) {
        boolean isFresh(Instant now) {
            return !now.isBefore(came) && now.isBefore(came.plusSeconds(1));
        }
    }

    private Reading read() {
        AskingTime time = new AskingTime(most, clock);
        Sighted sighted = new Sighted(hosts);
        EcsClusters clusters = new EcsClusters(client, definitions, sighted, time);
        client.listClustersPaginator().clusterArns().forEach(clusters::look);
        definitions.newest(sighted, time);
        return new Reading(sighted.images(), clock.instant());
    }
}
