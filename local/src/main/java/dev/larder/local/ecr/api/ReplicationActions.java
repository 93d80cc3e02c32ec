package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.Replication.Copy;
import dev.larder.local.ecr.state.Replication.Destination;
import dev.larder.local.ecr.state.Replication.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules of replication, and how far the copies of an image are. What comes in while a rule has its repository is in progress
 * until {@link #set} says otherwise, as nothing is copied here; what was there before is not copied (user guide, "Replication
 * backfill"). The event of a copy that is done is on the bus of the destination's region, so there is none here.
 */
final class ReplicationActions {
    private final EcrRegistry registry;

    ReplicationActions(EcrRegistry registry) {
        this.registry = registry;
    }

    Map<String, Action> actions() {
        return Map.of("PutReplicationConfiguration", this::put, "DescribeImageReplicationStatus", this::describe);
    }

    /** {@code ReplicationConfiguration} of the model. */
    static ObjectNode configuration(EcrRegistry registry) {
        ObjectNode configuration = Shapes.object();
        ArrayNode rules = configuration.putArray("rules");
        for (Rule rule : registry.replication().rules()) {
            ObjectNode node = rules.addObject();
            ArrayNode destinations = node.putArray("destinations");
            for (Destination destination : rule.destinations()) {
                destinations
                        .addObject()
                        .put("region", destination.region())
                        .put("registryId", destination.registryId());
            }
            if (!rule.prefixes().isEmpty()) {
                ArrayNode filters = node.putArray("repositoryFilters");
                rule.prefixes()
                        .forEach(prefix ->
                                filters.addObject().put("filter", prefix).put("filterType", "PREFIX_MATCH"));
            }
        }
        return configuration;
    }

    /** Lets all copies of an image be so far: {@code ReplicationStatus} of the model. */
    void set(String repository, Digest digest, String status) {
        Model.ecr().check("status", "ReplicationStatus", TextNode.valueOf(status));
        Image image = Lookup.requireImage(registry, repository, ImageId.of(digest, Optional.empty()));
        for (Copy copy : registry.replication().copies(repository, image.digest())) {
            registry.replication().put(repository, digest, new Copy(copy.region(), copy.registryId(), status));
        }
    }

    private ObjectNode put(Request request) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : request.input().path("replicationConfiguration").path("rules")) {
            List<Destination> destinations = new ArrayList<>();
            rule.path("destinations")
                    .forEach(destination -> destinations.add(new Destination(
                            destination.path("region").asText(),
                            destination.path("registryId").asText())));
            List<String> prefixes = new ArrayList<>();
            rule.path("repositoryFilters")
                    .forEach(filter -> prefixes.add(filter.path("filter").asText()));
            rules.add(new Rule(destinations, prefixes));
        }
        registry.replication().put(rules);
        ObjectNode answer = Shapes.object();
        answer.set("replicationConfiguration", configuration(registry));
        return answer;
    }

    private ObjectNode describe(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        Image image = Lookup.requireImage(registry, repository, request.imageId());
        ObjectNode answer = Shapes.object().put("repositoryName", repository);
        answer.set(
                "imageId", ImageId.of(image.digest(), request.imageId().tag()).json());
        ArrayNode statuses = answer.putArray("replicationStatuses");
        for (Copy copy : registry.replication().copies(repository, image.digest())) {
            statuses.addObject()
                    .put("region", copy.region())
                    .put("registryId", copy.registryId())
                    .put("status", copy.status());
        }
        return answer;
    }
}
