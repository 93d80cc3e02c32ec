package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.ecr.state.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What is in a repository. None of these imports anything. */
final class ImageQueries {
    private final EcrRegistry registry;

    ImageQueries(EcrRegistry registry) {
        this.registry = registry;
    }

    Map<String, Action> actions() {
        return Map.of("DescribeImages", this::describe, "ListImages", this::list);
    }

    private ObjectNode describe(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        Predicate<Image> wanted = filter(repository, request.input().path("filter"));
        ObjectNode answer = Shapes.object();
        ArrayNode details = answer.putArray("imageDetails");
        if (request.has("imageIds")) {
            Lookup.notBoth(request, "imageIds");
            for (ImageId id : request.imageIds()) {
                Image image = Lookup.image(registry, repository, id)
                        .filter(wanted)
                        .orElseThrow(() -> Errors.imageNotFound(id, repository, registry.account()));
                details.add(detail(image));
            }
            return answer;
        }
        Page<Image> page = registry.images().page(repository, request.after(), request.maxResults(), wanted);
        page.items().forEach(image -> details.add(detail(image)));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        return answer;
    }

    /** One row for each tag; an untagged image has one row of its own. */
    private ObjectNode list(Request request) {
        String repository =
                Lookup.repository(registry, request.repositoryName()).name();
        Predicate<Image> wanted = filter(repository, request.input().path("filter"));
        int limit = request.maxResults();
        List<ImageId> rows = new ArrayList<>();
        Optional<String> after = Optional.empty();
        if (request.after().isPresent()) {
            ImageId last = row(request.after().get());
            after = last.digest();
            registry.images()
                    .find(repository, new Digest(after.orElse("")))
                    .filter(wanted)
                    .ifPresent(image -> rows.addAll(rows(image).stream()
                            .filter(row ->
                                    row.tag().orElse("").compareTo(last.tag().orElse("")) > 0)
                            .toList()));
        }
        registry.images().page(repository, after, limit + 1, wanted).items().forEach(image -> rows.addAll(rows(image)));
        ObjectNode answer = Shapes.object();
        ArrayNode ids = answer.putArray("imageIds");
        rows.stream().limit(limit).forEach(row -> ids.add(row.json()));
        if (rows.size() > limit) {
            ImageId last = rows.get(limit - 1);
            String next = last.digest().orElse("") + " " + last.tag().orElse("");
            answer.put("nextToken", NextToken.write(request, next));
        }
        return answer;
    }

    private static ImageId row(String token) {
        int space = token.indexOf(' ');
        return new ImageId(Optional.of(token.substring(0, space)), Optional.of(token.substring(space + 1)));
    }

    private List<ImageId> rows(Image image) {
        List<String> tags = registry.images().tagsOf(image.repository(), image.digest());
        return tags.isEmpty()
                ? List.of(ImageId.of(image.digest(), Optional.empty()))
                : tags.stream()
                        .map(tag -> ImageId.of(image.digest(), Optional.of(tag)))
                        .toList();
    }

    /** {@code imageStatus} is ACTIVE unless the caller says otherwise. */
    private Predicate<Image> filter(String repository, JsonNode filter) {
        String status = filter.path("imageStatus").asText("ACTIVE");
        String tagStatus = filter.path("tagStatus").asText("ANY");
        return image -> (status.equals("ANY") || image.status().name().equals(status))
                && (tagStatus.equals("ANY")
                        || tagStatus.equals("TAGGED")
                                != registry.images()
                                        .tagsOf(repository, image.digest())
                                        .isEmpty());
    }

    private ObjectNode detail(Image image) {
        ObjectNode node = Shapes.object()
                .put("registryId", registry.account())
                .put("repositoryName", image.repository())
                .put("imageDigest", image.digest().value());
        List<String> tags = registry.images().tagsOf(image.repository(), image.digest());
        if (!tags.isEmpty()) {
            Shapes.texts(node, "imageTags", tags);
        }
        node.put("imageSizeInBytes", image.sizeBytes());
        Shapes.time(node, "imagePushedAt", image.pushedAt());
        node.put("imageManifestMediaType", image.mediaType());
        image.artifactType().ifPresent(type -> node.put("artifactMediaType", type));
        image.pulledAt().ifPresent(at -> Shapes.time(node, "lastRecordedPullTime", at));
        image.subject().ifPresent(subject -> node.put("subjectManifestDigest", subject.value()));
        node.put("imageStatus", image.status().name());
        image.archivedAt().ifPresent(at -> Shapes.time(node, "lastArchivedAt", at));
        image.activatedAt().ifPresent(at -> Shapes.time(node, "lastActivatedAt", at));
        ScanningActions.addSummary(registry, image, node);
        return node;
    }
}
