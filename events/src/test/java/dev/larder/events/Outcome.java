package dev.larder.events;

import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a document parses to, in one line of the table in test-events/README.md: the fields that decisions read. */
final class Outcome {
    private static final int LONGEST_LIST = 10;

    private Outcome() {}

    static String of(String json) {
        try {
            return line(EventParser.parse(json));
        } catch (MalformedEventException malformed) {
            return "malformed " + malformed.getMessage().lines().findFirst().orElseThrow();
        }
    }

    private static String line(Event event) {
        return switch (event) {
            case EcrImageAction e ->
                "EcrImageAction " + e.action() + " " + e.result() + " " + image(e.repository(), e.tag(), e.digest())
                        + part(e.targetStorageClass()) + part(e.lastActivatedAt());
            case ReferrerAction e ->
                "ReferrerAction " + e.action() + " " + e.result() + " " + image(e.repository(), e.tag(), e.digest())
                        + part(e.artifactMediaType());
            case PullThroughCacheAction.Succeeded e ->
                "PullThroughCacheAction.Succeeded " + image(e.repository(), e.tag(), e.digest()) + " from "
                        + e.upstreamUrl();
            case PullThroughCacheAction.Failed e ->
                "PullThroughCacheAction.Failed " + image(e.repository(), e.tag(), e.digest()) + " from "
                        + e.upstreamUrl() + " " + e.syncStatus() + part(e.failureCode());
            case ImageScan e ->
                "ImageScan " + e.status() + " " + image(e.repository(), Optional.empty(), e.digest()) + " " + e.tags()
                        + " " + new TreeMap<>(e.severityCounts());
            case InspectorScan e ->
                "InspectorScan " + e.status() + " " + image(e.repository(), Optional.empty(), e.digest()) + " "
                        + e.tags() + " " + new TreeMap<>(e.severityCounts());
            case ScanResourceChange e ->
                "ScanResourceChange " + e.action() + " "
                        + e.repositories().stream()
                                .map(r -> r.repository() + part(r.frequency()))
                                .toList();
            case ReplicationAction e ->
                "ReplicationAction " + e.result() + " " + image(e.repository(), e.tag(), Optional.of(e.digest()))
                        + " from " + e.sourceAccount() + "/" + e.sourceRegion();
            case ApiCall.BatchGetImage e -> call("BatchGetImage", e, ids(e.imageIds()));
            case ApiCall.BatchDeleteImage e -> call("BatchDeleteImage", e, ids(e.imageIds()));
            case ApiCall.GetDownloadUrlForLayer e -> call("GetDownloadUrlForLayer", e, shortened(e.layer()));
            case ApiCall.PutLifecyclePolicy e ->
                call(
                        "PutLifecyclePolicy",
                        e,
                        e.policy().map(p -> "with a policy").orElse("without a policy"));
            case ApiCall.CreateRepository e -> call("CreateRepository", e, "");
            case ScheduledRun e ->
                "ScheduledRun " + e.task().id() + " of " + e.scheduledTime() + " attempt " + e.attempt();
            case WarmOrder e ->
                "WarmOrder " + image(e.image())
                        + e.by().map(tag -> " by " + tag).orElse("") + " " + e.reason() + " "
                        + e.platforms() + (e.refresh() ? " refresh" : "") + (e.takeOff() ? " take off" : "")
                        + (e.notBefore().equals(e.requestedAt()) ? "" : " not before " + e.notBefore());
            case LifecycleWork.Plan e ->
                "LifecycleWork.Plan " + e.run() + " of " + e.startedAt() + " batch " + e.batch() + " "
                        + e.repositories();
            case LifecycleWork.Select e -> "LifecycleWork.Select " + e.run() + " of " + e.startedAt();
            case LifecycleWork.Evict e ->
                "LifecycleWork.Evict " + e.run() + " of " + e.startedAt() + " batch " + e.batch() + " "
                        + e.repository() + " "
                        + e.groups().stream()
                                .map(group ->
                                        group.images() + " by " + shortened(group.first()) + ": " + group.reason())
                                .toList();
            case LifecycleWork.Reconcile e ->
                "LifecycleWork.Reconcile " + e.run() + " of " + e.startedAt() + " " + e.repository() + " look "
                        + e.look() + " after " + e.runningAt();
            case OwnEvent.ImageWarmed e ->
                "ImageWarmed " + image(e.image()) + "@" + shortened(e.digest()) + " " + e.reason() + " " + e.platforms()
                        + (e.absent().isEmpty() ? "" : " without " + e.absent())
                        + part(e.sizeBytes())
                        + e.unverified().map(why -> " unverified: " + why).orElse("");
            case OwnEvent.ImageWarmFailed e ->
                "ImageWarmFailed " + image(e.image()) + " " + e.reason() + " " + e.failureCode();
            case OwnEvent.ImagesPopular e ->
                "ImagesPopular " + e.cell() + " "
                        + e.images().stream()
                                .map(wanted -> wanted.image() + " " + wanted.pullsPerDay())
                                .toList();
            case OwnEvent.ImageEvicted e ->
                "ImageEvicted " + image(e.repository(), Optional.empty(), Optional.of(e.digest())) + " " + e.tags();
            case OwnEvent.RuleChecked e ->
                "RuleChecked " + e.prefix()
                        + (e.valid() ? " valid" : " invalid: " + e.failure().orElseThrow());
            case Ignored e -> "ignored: " + e.reason();
        };
    }

    private static String call(String name, ApiCall call, String what) {
        return name + " " + call.repository() + (what.isEmpty() ? "" : " " + what) + " by "
                + call.call().principal().countedAs()
                + call.call().errorCode().map(code -> ": " + code).orElse("");
    }

    private static String ids(List<ImageId> ids) {
        if (ids.size() > LONGEST_LIST) {
            return "[" + id(ids.getFirst()) + " to " + id(ids.getLast()) + ", " + ids.size() + " imageIds]";
        }
        return ids.stream().map(Outcome::id).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String id(ImageId id) {
        return id.tag().map(Tag::value).orElse("")
                + id.digest().map(d -> "@" + shortened(d)).orElse("");
    }

    private static String image(ImageReference image) {
        return switch (image) {
            case ImageReference.Tagged tagged -> tagged.toString();
            case ImageReference.Digested(var repository, var digest) -> repository + "@" + shortened(digest);
        };
    }

    private static String image(RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {
        return repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + shortened(d)).orElse("");
    }

    private static String part(Optional<?> value) {
        return value.map(v -> " " + v).orElse("");
    }

    private static String shortened(Digest digest) {
        return digest.hex().substring(0, 12);
    }
}
