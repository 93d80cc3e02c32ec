package dev.larder.local.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import dev.larder.local.front.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** ECS's records by kind and ARN, and what all actions share: ARNs, errors, pages. */
final class EcsRecords {
    static final String CLUSTERS = "clusters";
    static final String DEFINITIONS = "taskDefinitions";
    static final String SERVICES = "services";
    static final String REVISIONS = "serviceRevisions";
    static final String TASKS = "tasks";

    private final JsonFile file;
    private final String account;
    private final String region;

    EcsRecords(JsonFile file, String account, String region) {
        this.file = file;
        this.account = account;
        this.region = region;
    }

    String arn(String resource) {
        return "arn:aws:ecs:" + region + ":" + account + ":" + resource;
    }

    Optional<ObjectNode> find(String kind, String arn) {
        return file.read(all -> all.path(kind).path(arn) instanceof ObjectNode found
                ? Optional.of(found)
                : Optional.<ObjectNode>empty());
    }

    List<ObjectNode> all(String kind, Predicate<ObjectNode> wanted) {
        return file.read(all -> {
            List<ObjectNode> found = new ArrayList<>();
            all.path(kind).forEach(each -> {
                if (each instanceof ObjectNode object && wanted.test(object)) {
                    found.add(object);
                }
            });
            return found;
        });
    }

    ObjectNode put(String kind, String arn, ObjectNode record) {
        return file.change(all -> {
            all.withObjectProperty(kind).set(arn, record.deepCopy());
            return record;
        });
    }

    /** The cluster's name of an input that may name it, or its ARN, or neither. */
    String cluster(ObjectNode input) {
        String name = last(input.path("cluster").asText("default"));
        if (find(CLUSTERS, arn("cluster/" + name)).isEmpty()) {
            throw new AwsException(400, "ClusterNotFoundException", "Cluster not found.");
        }
        return name;
    }

    static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    static AwsException invalid(String message) {
        return new AwsException(400, "InvalidParameterException", message);
    }

    static AwsException client(String message) {
        return new AwsException(400, "ClientException", message);
    }

    /** A page of texts; the token is where the next one begins. */
    static ObjectNode page(ObjectNode input, String member, List<String> all, int pageSize) {
        int from = input.path("nextToken").asText("").isEmpty()
                ? 0
                : Integer.parseInt(input.path("nextToken").asText());
        int to = Math.min(all.size(), from + input.path("maxResults").asInt(pageSize));
        ObjectNode answer = Json.object();
        ArrayNode page = answer.putArray(member);
        all.subList(Math.min(from, to), to).forEach(page::add);
        if (to < all.size()) {
            answer.put("nextToken", String.valueOf(to));
        }
        return answer;
    }

    /** The records of the given ARNs or names; what is not there is a failure of its own. */
    ObjectNode described(String kind, String member, JsonNode names, String arnStart, int most) {
        if (names.size() > most) {
            throw invalid("at most " + most + " " + member + " can be described at once, not " + names.size());
        }
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray(member);
        ArrayNode failures = answer.putArray("failures");
        for (JsonNode name : names) {
            String arn = name.asText().startsWith("arn:") ? name.asText() : arn(arnStart + name.asText());
            Optional<ObjectNode> record = find(kind, arn);
            record.ifPresent(found::add);
            if (record.isEmpty()) {
                failures.addObject().put("arn", arn).put("reason", "MISSING");
            }
        }
        return answer;
    }
}
