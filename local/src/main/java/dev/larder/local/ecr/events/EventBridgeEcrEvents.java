package dev.larder.local.ecr.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.EventSink;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.StorageClassUpdate;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts ECR's events on the default bus, in the shapes of the user guide's samples (ecr-facts 3.2 to 3.4). */
public final class EventBridgeEcrEvents implements EcrEvents {
    private final EventSink sink;
    private final String account;
    private final String region;
    private final InstantSource clock;
    private final TrailRecords records;

    /** @param clock gives the events' time, whole seconds as AWS writes them */
    public EventBridgeEcrEvents(EventSink sink, String account, String region, InstantSource clock) {
        this.sink = sink;
        this.account = account;
        this.region = region;
        this.clock = clock;
        records = new TrailRecords(account, region);
    }

    @Override
    public void imageAction(String action, String repository, Digest digest, Optional<String> tag) {
        ObjectNode detail = object().put("result", "SUCCESS")
                .put("repository-name", repository)
                .put("image-digest", digest.value())
                .put("action-type", action);
        tag.ifPresent(name -> detail.put("image-tag", name));
        put("ECR Image Action", Optional.empty(), detail);
    }

    @Override
    public void storageClassUpdated(StorageClassUpdate update) {
        ObjectNode detail = object().put("action-type", "UPDATE_STORAGE_CLASS")
                .put("target-storage-class", update.target())
                .put("image-digest", update.digest().value())
                .put("repository-name", update.repository())
                .put("result", "SUCCESS")
                .put("manifest-media-type", update.manifestMediaType());
        update.artifactMediaType().ifPresent(type -> detail.put("artifact-media-type", type));
        update.lastActivatedAt().ifPresent(at -> detail.put("last-activated-at", at.toString()));
        put(update.referrer() ? "ECR Referrer Action" : "ECR Image Action", Optional.empty(), detail);
    }

    @Override
    public void scanCompleted(String repository, Digest digest, List<String> tags, ObjectNode severityCounts) {
        ObjectNode detail = object().put("scan-status", "COMPLETE").put("repository-name", repository);
        detail.set("finding-severity-counts", severityCounts.deepCopy());
        detail.put("image-digest", digest.value());
        var names = detail.putArray("image-tags");
        tags.forEach(names::add);
        put("ECR Image Scan", Optional.of(repository), detail);
    }

    @Override
    public void pullThroughSucceeded(CacheRule rule, String repository, String reference, Digest digest) {
        ObjectNode detail = pullThrough("SUCCESS", rule, repository, reference);
        detail.put("image-digest", digest.value());
        put("ECR Pull Through Cache Action", Optional.of(repository), detail);
    }

    /** The literal FAILURE is unverified: AWS publishes no sample (ecr-facts 3.2). */
    @Override
    public void pullThroughFailed(
            CacheRule rule, String repository, String reference, String failureCode, String reason) {
        ObjectNode detail = pullThrough("FAILURE", rule, repository, reference)
                .put("failure-code", failureCode)
                .put("failure-reason", reason);
        put("ECR Pull Through Cache Action", Optional.of(repository), detail);
    }

    @Override
    public void apiCall(
            Caller caller,
            Via via,
            String eventName,
            boolean readOnly,
            String repository,
            ObjectNode requestParameters,
            Optional<String> errorCode) {
        ObjectNode record = records.of(caller, via, clock.instant(), eventName, readOnly, repository);
        if (requestParameters.isEmpty()) {
            record.putNull("requestParameters");
        } else {
            ObjectNode parameters = requestParameters.deepCopy();
            if (!repository.isEmpty()) {
                parameters.put("registryId", parameters.path("registryId").asText(account));
            }
            record.set("requestParameters", parameters);
        }
        errorCode.ifPresent(code -> record.put("errorCode", code));
        put("AWS API Call via CloudTrail", Optional.empty(), record);
    }

    private static ObjectNode pullThrough(String status, CacheRule rule, String repository, String reference) {
        ObjectNode detail = object().put("rule-version", "1")
                .put("sync-status", status)
                .put("ecr-repository-prefix", rule.prefix())
                .put("repository-name", repository)
                .put("upstream-registry-url", rule.upstreamUrl());
        return Digest.isDigest(reference) ? detail.put("image-digest", reference) : detail.put("image-tag", reference);
    }

    private void put(String detailType, Optional<String> repository, ObjectNode detail) {
        ObjectNode event = object().put("version", "0")
                .put("id", UUID.randomUUID().toString())
                .put("detail-type", detailType)
                .put("source", "aws.ecr")
                .put("account", account)
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", region);
        var resources = event.putArray("resources");
        repository.ifPresent(name -> resources.add(records.arn(name)));
        event.set("detail", detail);
        sink.put(event.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
