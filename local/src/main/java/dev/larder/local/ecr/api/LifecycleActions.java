package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.lifecycle.LifecyclePolicy;
import dev.larder.local.ecr.lifecycle.LifecycleRuns;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.LifecycleText;
import dev.larder.local.ecr.state.Page;
import dev.larder.local.ecr.state.Previews.Row;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lifecycle policies and their previews. */
final class LifecycleActions {
    private final EcrRegistry registry;
    private final LifecycleRuns runs;
    private final InstantSource clock;

    LifecycleActions(EcrRegistry registry, EcrEvents events, InstantSource clock) {
        this.registry = registry;
        this.runs = new LifecycleRuns(registry, events);
        this.clock = clock;
    }

    Map<String, Action> actions() {
        return Map.of(
                "PutLifecyclePolicy", this::put,
                "GetLifecyclePolicy", this::get,
                "DeleteLifecyclePolicy", this::delete,
                "StartLifecyclePolicyPreview", this::start,
                "GetLifecyclePolicyPreview", this::preview);
    }

    private ObjectNode put(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        String text = request.text("lifecyclePolicyText");
        LifecyclePolicy.parse(text);
        registry.repositories().putLifecycle(new LifecycleText(repository, text, Optional.empty()));
        return Lookup.answer(registry, request).put("lifecyclePolicyText", text);
    }

    private ObjectNode get(Request request) {
        LifecycleText policy = require(request);
        ObjectNode answer = Lookup.answer(registry, request).put("lifecyclePolicyText", policy.text());
        policy.evaluatedAt().ifPresent(at -> Shapes.time(answer, "lastEvaluatedAt", at));
        return answer;
    }

    private ObjectNode delete(Request request) {
        ObjectNode answer = get(request);
        registry.repositories().removeLifecycle(request.repositoryName());
        return answer;
    }

    /** ECR computes in the background; here the result is there when the answer is, and the answer says IN_PROGRESS. */
    private ObjectNode start(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        String text = request.optional("lifecyclePolicyText")
                .orElseGet(() -> require(request).text());
        registry.change(() -> {
            List<Row> rows = new ArrayList<>();
            runs.actions(repository, text, clock.instant()).forEach(action -> rows.add(row(repository, action)));
            registry.previews().put(repository, text, rows);
            return true;
        });
        return Lookup.answer(registry, request).put("lifecyclePolicyText", text).put("status", "IN_PROGRESS");
    }

    private Row row(String repository, LifecyclePolicy.Action action) {
        Digest digest = action.digest();
        Image image = Lookup.requireImage(registry, repository, ImageId.of(digest, Optional.empty()));
        return new Row(
                digest,
                registry.images().tagsOf(repository, digest),
                image.pushedAt(),
                action.kind().name(),
                action.rulePriority(),
                !image.active());
    }

    private ObjectNode preview(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        String text = registry.previews()
                .text(repository)
                .orElseThrow(() -> Errors.error(
                        "LifecyclePolicyPreviewNotFoundException",
                        "Lifecycle policy preview does not exist for the repository with name '" + repository
                                + "' in the registry with id '" + registry.account() + "'"));
        if (request.has("imageIds")) {
            Lookup.notBoth(request, "imageIds");
        }
        String status = request.input().path("filter").path("tagStatus").asText("ANY");
        List<ImageId> ids = request.imageIds();
        Page<Row> page = registry.previews()
                .page(
                        repository,
                        request.after(),
                        ids.isEmpty() ? request.maxResults() : Integer.MAX_VALUE,
                        row -> (status.equals("ANY")
                                        || status.equals("TAGGED") != row.tags().isEmpty())
                                && (ids.isEmpty() || ids.stream().anyMatch(id -> names(id, row))));
        ObjectNode answer = Lookup.answer(registry, request)
                .put("lifecyclePolicyText", text)
                .put("status", "COMPLETE");
        ArrayNode results = answer.putArray("previewResults");
        page.items().forEach(row -> results.add(json(row)));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        summarize(repository, answer.putObject("summary"));
        return answer;
    }

    private void summarize(String repository, ObjectNode summary) {
        List<Row> all = registry.previews()
                .page(repository, Optional.empty(), Integer.MAX_VALUE, any -> true)
                .items();
        long expiring =
                all.stream().filter(row -> row.action().equals("EXPIRE")).count();
        summary.put("expiringImageTotalCount", expiring);
        ArrayNode transitioning = summary.putArray("transitioningImageTotalCounts");
        if (expiring < all.size()) {
            transitioning
                    .addObject()
                    .put("targetStorageClass", "ARCHIVE")
                    .put("imageTotalCount", all.size() - expiring);
        }
    }

    private static boolean names(ImageId id, Row row) {
        return id.digest().orElse(row.digest().value()).equals(row.digest().value())
                && (id.tag().isEmpty() || row.tags().contains(id.tag().get()));
    }

    private static ObjectNode json(Row row) {
        ObjectNode node = Shapes.object();
        Shapes.texts(node, "imageTags", row.tags());
        node.put("imageDigest", row.digest().value());
        Shapes.time(node, "imagePushedAt", row.pushedAt());
        ObjectNode action = node.putObject("action").put("type", row.action());
        if (row.action().equals("TRANSITION")) {
            action.put("targetStorageClass", "ARCHIVE");
        }
        return node.put("appliedRulePriority", row.rulePriority())
                .put("storageClass", row.archived() ? "ARCHIVE" : "STANDARD");
    }

    private LifecycleText require(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        return registry.repositories()
                .lifecycle(repository)
                .orElseThrow(() -> Errors.error(
                        "LifecyclePolicyNotFoundException",
                        "Lifecycle policy does not exist for the repository with name '" + repository
                                + "' in the registry with id '" + registry.account() + "'"));
    }
}
