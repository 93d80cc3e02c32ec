package dev.larder.local.ecr.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.ecr.state.EcrRegistry;
import dev.larder.local.ecr.state.Page;
import dev.larder.local.ecr.state.Repository;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repositories and the settings that they carry themselves. */
final class RepositoryActions {
    private final EcrRegistry registry;
    private final InstantSource clock;
    private final URI endpoint;

    RepositoryActions(EcrRegistry registry, InstantSource clock, URI endpoint) {
        this.registry = registry;
        this.clock = clock;
        this.endpoint = endpoint;
    }

    Map<String, Action> actions() {
        return Map.of(
                "CreateRepository", this::create,
                "DeleteRepository", this::delete,
                "DescribeRepositories", this::describe,
                "PutImageTagMutability", this::putMutability,
                "PutImageScanningConfiguration", this::putScanning);
    }

    private ObjectNode create(Request request) {
        Map<String, String> tags = ResourceTags.read(request.input().path("tags"));
        JsonNode encryption = request.input().path("encryptionConfiguration");
        String key = encryption.path("kmsKey").asText("");
        Repository repository = new Repository(
                request.repositoryName(),
                clock.instant(),
                mutability(request),
                Shapes.exclusions(request),
                request.input()
                        .path("imageScanningConfiguration")
                        .path("scanOnPush")
                        .asBoolean(false),
                encryption.path("encryptionType").asText("AES256"),
                key.isEmpty() ? Optional.empty() : Optional.of(key),
                tags);
        registry.change(() -> {
            if (registry.repositoryExists(repository.name())) {
                throw Errors.error(
                        "RepositoryAlreadyExistsException",
                        "The repository with name '" + repository.name() + "' already exists in the registry with id '"
                                + registry.account() + "'");
            }
            return registry.repositories().create(repository, Optional.empty());
        });
        ObjectNode answer = Shapes.object();
        answer.set("repository", json(repository));
        return answer;
    }

    private ObjectNode delete(Request request) {
        Repository deleted = registry.change(() -> {
            Repository repository = Lookup.repository(registry, request.repositoryName());
            if (!request.flag("force") && !registry.images().isEmpty(repository.name())) {
                throw Errors.error(
                        "RepositoryNotEmptyException",
                        "The repository with name '" + repository.name() + "' in registry with id '"
                                + registry.account() + "' cannot be deleted because it still contains images");
            }
            registry.repositories().remove(repository.name());
            return repository;
        });
        ObjectNode answer = Shapes.object();
        answer.set("repository", json(deleted));
        return answer;
    }

    private ObjectNode describe(Request request) {
        ObjectNode answer = Shapes.object();
        ArrayNode repositories = answer.putArray("repositories");
        List<String> names = request.texts("repositoryNames");
        if (!names.isEmpty()) {
            Lookup.notBoth(request, "repositoryNames");
            names.forEach(name -> repositories.add(json(Lookup.repository(registry, name))));
            return answer;
        }
        Page<Repository> page = registry.repositories().page(request.after(), request.maxResults());
        page.items().forEach(repository -> repositories.add(json(repository)));
        page.next().ifPresent(next -> answer.put("nextToken", NextToken.write(request, next)));
        return answer;
    }

    private ObjectNode putMutability(Request request) {
        String mutability = mutability(request);
        Repository changed = registry.change(() -> {
            Repository repository = Lookup.repository(registry, request.repositoryName())
                    .withTagMutability(mutability, Shapes.exclusions(request));
            registry.repositories().put(repository);
            return repository;
        });
        ObjectNode answer = Lookup.answer(registry, request).put("imageTagMutability", changed.tagMutability());
        Shapes.exclusions(answer, changed.exclusions());
        return answer;
    }

    private ObjectNode putScanning(Request request) {
        boolean scan = request.input()
                .path("imageScanningConfiguration")
                .path("scanOnPush")
                .asBoolean(false);
        registry.change(() -> {
            registry.repositories()
                    .put(Lookup.repository(registry, request.repositoryName()).withScanOnPush(scan));
            return true;
        });
        ObjectNode answer = Lookup.answer(registry, request);
        answer.putObject("imageScanningConfiguration").put("scanOnPush", scan);
        return answer;
    }

    /** Filters come with the two that say so, and only with them. */
    static String mutability(Request request) {
        String mutability = request.optional("imageTagMutability").orElse("MUTABLE");
        if (mutability.endsWith("_WITH_EXCLUSION") != request.has("imageTagMutabilityExclusionFilters")) {
            throw Errors.invalid(
                    "imageTagMutabilityExclusionFilters",
                    "must be given with IMMUTABLE_WITH_EXCLUSION or MUTABLE_WITH_EXCLUSION, and only then");
        }
        return mutability;
    }

    private ObjectNode json(Repository repository) {
        ObjectNode node = Shapes.object()
                .put("repositoryArn", registry.arn(repository.name()))
                .put("registryId", registry.account())
                .put("repositoryName", repository.name())
                .put("repositoryUri", endpoint.getAuthority() + "/" + repository.name());
        Shapes.time(node, "createdAt", repository.createdAt());
        node.put("imageTagMutability", repository.tagMutability());
        Shapes.exclusions(node, repository.exclusions());
        node.putObject("imageScanningConfiguration").put("scanOnPush", repository.scanOnPush());
        ObjectNode encryption =
                node.putObject("encryptionConfiguration").put("encryptionType", repository.encryption());
        repository.kmsKey().ifPresent(key -> encryption.put("kmsKey", key));
        return node;
    }
}
