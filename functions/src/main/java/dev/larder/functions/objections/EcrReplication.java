package dev.larder.functions.objections;

import dev.larder.domain.lifecycle.Guard;
import dev.larder.domain.lifecycle.Manifest;
import dev.larder.domain.lifecycle.Objection;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.Remembered;
import dev.larder.functions.lifecycle.Objections;
import dev.larder.functions.objections.EachCandidate.Said;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageReplicationStatus;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.ReplicationStatus;

/**
 * Whether ECR copies an image to another registry at this moment. Asked only where a replication rule has the repository;
 * a copy that failed is none in progress.
 */
public final class EcrReplication implements Objections {
    private static final Duration RULES = Duration.ofMinutes(5);

    private final EcrClient client;
    private final Remembered<List<ReplicationRule>> rules;

    /** @param clock says when the registry's rules have to be read again */
    public EcrReplication(EcrClient client, InstantSource clock) {
        this.client = client;
        this.rules = new Remembered<>(() -> rules(client), RULES, clock);
    }

    private static List<ReplicationRule> rules(EcrClient client) {
        return Optional.ofNullable(client.describeRegistry(describe -> {}).replicationConfiguration())
                .map(configuration -> configuration.rules())
                .orElse(List.of());
    }

    @Override
    public Asked of(RepositoryName repository, List<Manifest> candidates, Duration unused, boolean evictGone) {
        try {
            if (rules.get().stream().noneMatch(rule -> has(rule, repository))) {
                return Asked.seen(candidates, "replication: no rule copies the repository to another registry");
            }
        } catch (SdkException e) {
            return EachCandidate.all(
                    candidates,
                    new Objection(
                            Guard.REPLICATING,
                            "whether the registry replicates could not be read: "
                                    + EcrErrors.text(e, "ecr:DescribeRegistry")));
        }
        return EachCandidate.ask(
                candidates,
                Guard.REPLICATING,
                "whether it is copied to another registry right now",
                "ecr:DescribeImageReplicationStatus",
                manifest -> new Said(ask(manifest), "replication: it is not copied to another registry right now"));
    }

    /** A rule without filters has every repository; all filters are prefixes (ECR's API model, RepositoryFilter). */
    private static boolean has(ReplicationRule rule, RepositoryName repository) {
        return rule.repositoryFilters().isEmpty()
                || rule.repositoryFilters().stream()
                        .anyMatch(filter -> repository.value().startsWith(filter.filter()));
    }

    private Optional<Objection> ask(Manifest manifest) {
        return client
                .describeImageReplicationStatus(describe -> describe.repositoryName(
                                manifest.repository().value())
                        .imageId(id -> id.imageDigest(manifest.digest().value())))
                .replicationStatuses()
                .stream()
                .filter(status ->
                        status.status() != ReplicationStatus.COMPLETE && status.status() != ReplicationStatus.FAILED)
                .findFirst()
                .map(EcrReplication::objection);
    }

    private static Objection objection(ImageReplicationStatus status) {
        return new Objection(
                Guard.REPLICATING,
                "its copy to the registry " + status.registryId() + " in " + status.region() + " is "
                        + status.statusAsString());
    }
}
