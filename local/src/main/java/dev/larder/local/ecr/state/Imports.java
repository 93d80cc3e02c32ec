package dev.larder.local.ecr.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.oci.Manifest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What pulling through adds to a registry: repositories from templates, and whole images. */
final class Imports {
    private static final String CACHE_ROLE =
            "aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache";

    private final EcrRegistry registry;
    private final InstantSource clock;
    private final EcrEvents events;

    Imports(EcrRegistry registry, InstantSource clock, EcrEvents events) {
        this.registry = registry;
        this.clock = clock;
        this.events = events;
    }

    void createFromTemplate(String repository) {
        boolean created = registry.change(() -> {
            if (registry.repositoryExists(repository)) {
                return false;
            }
            Optional<Template> template = registry.settings().templateFor(repository, "PULL_THROUGH_CACHE");
            template.ifPresent(Imports::requireRole);
            Instant now = clock.instant();
            registry.repositories()
                    .create(
                            template.map(t -> t.repository(repository, now))
                                    .orElseGet(() -> Repository.withDefaults(repository, now)),
                            template);
            return true;
        });
        if (created) {
            // inferred: ecr-facts 3.5 takes it that ECR's own creation logs CreateRepository by the cache's role
            ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("repositoryName", repository);
            Caller cache = new Caller(registry.account(), "", CACHE_ROLE, Optional.of("ecr-pullthroughcache"));
            events.apiCall(cache, Via.API, "CreateRepository", false, repository, parameters, Optional.empty());
        }
    }

    void commit(String repository, List<Manifest> manifests, Optional<String> tag, Instant validatedAt) {
        if (manifests.isEmpty()) {
            throw new IllegalArgumentException("nothing to commit to " + repository);
        }
        Manifest last = manifests.getLast();
        Optional<Digest> before =
                tag.flatMap(name -> registry.images().tag(repository, name)).map(ImageTag::digest);
        List<Manifest> added = registry.change(() -> {
            List<Manifest> missing = manifests.stream()
                    .filter(manifest ->
                            registry.manifest(repository, manifest.digest()).isEmpty())
                    .toList();
            missing.forEach(manifest -> add(repository, manifest));
            tag.ifPresent(name -> registry.images().point(repository, name, last.digest(), validatedAt));
            return missing;
        });
        // inferred: ECR's role pushes what it imports, so each new manifest is a PUSH (ecr-facts 3.2)
        for (Manifest manifest : added) {
            if (!manifest.equals(last)) {
                events.imageAction("PUSH", repository, manifest.digest(), Optional.empty());
            }
        }
        if (added.contains(last) || (tag.isPresent() && !before.equals(Optional.of(last.digest())))) {
            events.imageAction("PUSH", repository, last.digest(), tag);
        }
    }

    /** "Otherwise the repository creation will fail" (ecr-facts 5.1); that the caller sees this code is inferred. */
    private static void requireRole(Template template) {
        boolean needed = !template.resourceTags().isEmpty() || template.kmsKey().isPresent();
        if (needed && template.customRoleArn().isEmpty()) {
            throw new AwsException(
                    400,
                    "RepositoryNotFoundException",
                    "The repository creation template '" + template.prefix()
                            + "' has tags or a KMS key but no customRoleArn, so no repository can be created from it");
        }
    }

    private void add(String repository, Manifest manifest) {
        if (!registry.repositoryExists(repository)) {
            throw new IllegalStateException("no repository " + repository + " to commit " + manifest.digest() + " to");
        }
        Contents.missing(registry, repository, manifest).ifPresent(missing -> {
            throw new IllegalStateException("could not commit " + manifest.digest() + " to " + repository + ": its "
                    + missing + " is not here; import it first");
        });
        registry.images().add(repository, manifest, clock.instant());
    }
}
