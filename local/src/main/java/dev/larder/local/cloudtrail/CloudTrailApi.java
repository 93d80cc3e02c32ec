package dev.larder.local.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * CloudTrail's trails: whether they log, and which management events. Nothing is delivered to buckets, and calls to
 * CloudTrail itself leave no events.
 */
public final class CloudTrailApi implements JsonService {
    /** The quota of trails per region (CloudTrail's user guide). */
    private static final int MOST = 5;

    private static final Set<String> CREATE = Set.of(
            "Name",
            "S3BucketName",
            "S3KeyPrefix",
            "IncludeGlobalServiceEvents",
            "IsMultiRegionTrail",
            "EnableLogFileValidation");

    private final Trails trails;
    private final TrailNames names;
    private final InstantSource clock;

    /** @param clock says when a trail was started and stopped */
    public CloudTrailApi(Trails trails, String account, String region, InstantSource clock) {
        this.trails = trails;
        this.names = new TrailNames(account, region);
        this.clock = clock;
    }

    @Override
    public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
        return switch (action) {
            case "DescribeTrails" -> describe(input);
            case "GetTrail" -> Json.object().set("Trail", description(existing(input, "Name")));
            case "GetTrailStatus" -> status(existing(input, "Name"));
            case "GetEventSelectors" -> selectors(existing(input, "TrailName"));
            case "PutEventSelectors" -> put(input);
            case "StartLogging" -> change(input, trail -> trail.started(clock.instant()));
            case "StopLogging" -> change(input, trail -> trail.stopped(clock.instant()));
            case "CreateTrail" -> create(input);
            case "DeleteTrail" -> delete(input);
            default ->
                throw new AwsException(
                        400,
                        "UnknownOperationException",
                        "the local cloud's CloudTrail has trails, their logging and their event selectors, not "
                                + action);
        };
    }

    /** Names that no trail has are left out, as in AWS; all trails are of this region, so none is a shadow. */
    private ObjectNode describe(ObjectNode input) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("trailList");
        JsonNode wanted = input.path("trailNameList");
        if (wanted.isEmpty()) {
            trails.all().forEach(trail -> list.add(description(trail)));
        }
        for (JsonNode each : wanted) {
            trails.find(names.name(each.asText())).ifPresent(trail -> list.add(description(trail)));
        }
        return answer;
    }

    private ObjectNode create(ObjectNode input) {
        for (Iterator<String> given = input.fieldNames(); given.hasNext(); ) {
            String parameter = given.next();
            if (!CREATE.contains(parameter) && isSet(input.path(parameter))) {
                throw new AwsException(
                        400,
                        "UnsupportedOperationException",
                        "the local cloud's CloudTrail does not imitate " + parameter + " of CreateTrail; it has "
                                + String.join(", ", CREATE.stream().sorted().toList()));
            }
        }
        String name = names.valid(Json.required(input, "Name"));
        String bucket = Json.required(input, "S3BucketName");
        synchronized (trails) {
            if (trails.find(name).isPresent()) {
                throw new AwsException(
                        400,
                        "TrailAlreadyExistsException",
                        "Trail " + name + " already exists for customer: " + names.account());
            }
            if (trails.all().size() >= MOST) {
                throw new AwsException(
                        400,
                        "MaximumNumberOfTrailsExceededException",
                        "User: " + names.account() + " already has " + MOST + " trails in " + names.region());
            }
            Trail trail = Trail.create(
                    name,
                    bucket,
                    Optional.of(input.path("S3KeyPrefix").asText("")).filter(prefix -> !prefix.isEmpty()),
                    input.path("IncludeGlobalServiceEvents").asBoolean(true),
                    input.path("IsMultiRegionTrail").asBoolean(false),
                    input.path("EnableLogFileValidation").asBoolean(false));
            save(() -> trails.put(trail));
            ObjectNode answer = description(trail);
            answer.remove(List.of("HomeRegion", "HasCustomEventSelectors", "HasInsightSelectors"));
            return answer;
        }
    }

    private static boolean isSet(JsonNode value) {
        return !value.isNull()
                && !(value.isBoolean() && !value.asBoolean())
                && !(value.isContainerNode() && value.isEmpty());
    }

    private ObjectNode delete(ObjectNode input) {
        synchronized (trails) {
            String name = existing(input, "Name").name();
            save(() -> trails.remove(name));
            return Json.object();
        }
    }

    private ObjectNode put(ObjectNode input) {
        existing(input, "TrailName");
        Selectors selectors = SelectorJson.read(input);
        synchronized (trails) {
            Trail trail = existing(input, "TrailName").with(selectors);
            save(() -> trails.put(trail));
            return selectors(trail);
        }
    }

    private ObjectNode change(ObjectNode input, UnaryOperator<Trail> change) {
        synchronized (trails) {
            Trail trail = change.apply(existing(input, "Name"));
            save(() -> trails.put(trail));
            return Json.object();
        }
    }

    private Trail existing(ObjectNode input, String field) {
        String given = Json.required(input, field);
        return trails.find(names.name(given))
                .orElseThrow(() -> new AwsException(
                        400,
                        "TrailNotFoundException",
                        "Unknown trail: " + given + " for the user: " + names.account()));
    }

    private ObjectNode description(Trail trail) {
        ObjectNode answer = Json.object().put("Name", trail.name()).put("S3BucketName", trail.bucket());
        trail.keyPrefix().ifPresent(prefix -> answer.put("S3KeyPrefix", prefix));
        return answer.put("IncludeGlobalServiceEvents", trail.globalEvents())
                .put("IsMultiRegionTrail", trail.multiRegion())
                .put("HomeRegion", names.region())
                .put("TrailARN", names.arn(trail.name()))
                .put("LogFileValidationEnabled", trail.validation())
                .put("HasCustomEventSelectors", trail.custom())
                .put("HasInsightSelectors", false)
                .put("IsOrganizationTrail", false);
    }

    private ObjectNode status(Trail trail) {
        ObjectNode answer = Json.object().put("IsLogging", trail.logging());
        trail.deliveredAt(clock.instant()).ifPresent(at -> answer.put("LatestDeliveryTime", seconds(at)));
        trail.startedAt().ifPresent(at -> answer.put("StartLoggingTime", seconds(at)));
        trail.stoppedAt().ifPresent(at -> answer.put("StopLoggingTime", seconds(at)));
        return answer;
    }

    private ObjectNode selectors(Trail trail) {
        ObjectNode answer = Json.object().put("TrailARN", names.arn(trail.name()));
        SelectorJson.write(trail.selectors(), answer);
        return answer;
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }

    private static void save(Change change) {
        try {
            change.write();
        } catch (IOException e) {
            throw new AwsException(500, "InternalFailure", "the trail cannot be written: " + e.getMessage());
        }
    }

    /** A change of what is on disk. */
    @FunctionalInterface
    private interface Change {
        void write() throws IOException;
    }
}
