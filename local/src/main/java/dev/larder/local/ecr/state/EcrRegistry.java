package dev.larder.local.ecr.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.BlobStore;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.CacheState;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.oci.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The private registry of one account and region, kept under a folder. */
public final class EcrRegistry implements CacheState, AutoCloseable {
    private static final String CACHE_ROLE =
            "aws-service-role/pullthroughcache.ecr.amazonaws.com/AWSServiceRoleForECRPullThroughCache";

    private final Metadata metadata;
    private final FileBlobStore blobs;
    private final String account;
    private final String region;
    private final InstantSource clock;
    private final EcrEvents events;
    private final Images images;
    private final Repositories repositories;
    private final RegistrySettings settings;
    private final Uploads uploads;
    private final Findings findings;
    private final Previews previews;

    private EcrRegistry(
            Metadata metadata,
            FileBlobStore blobs,
            Uploads uploads,
            String account,
            String region,
            InstantSource clock,
            EcrEvents events) {
        this.metadata = metadata;
        this.blobs = blobs;
        this.uploads = uploads;
        this.account = account;
        this.region = region;
        this.clock = clock;
        this.events = events;
        findings = new Findings(metadata);
        previews = new Previews(metadata);
        images = new Images(metadata, findings);
        repositories = new Repositories(metadata, images, previews, uploads);
        settings = new RegistrySettings(metadata);
    }

    /**
     * Opens the registry, or makes an empty one.
     *
     * @param data the folder; one process at a time
     * @param account 12 digits
     * @throws IOException when another process has it, or it cannot be read or written
     */
    public static EcrRegistry open(Path data, String account, String region, InstantSource clock, EcrEvents events)
            throws IOException {
        Metadata metadata = Metadata.open(data);
        boolean opened = false;
        try {
            FileBlobStore blobs = FileBlobStore.open(data);
            Uploads uploads = new Uploads(metadata, data, blobs);
            EcrRegistry registry = new EcrRegistry(metadata, blobs, uploads, account, region, clock, events);
            registry.deleteUnusedBlobs();
            opened = true;
            return registry;
        } finally {
            if (!opened) {
                metadata.close();
            }
        }
    }

    /** The registry's account, 12 digits. */
    public String account() {
        return account;
    }

    /** The registry's region. */
    public String region() {
        return region;
    }

    /** Images and tags. */
    public Images images() {
        return images;
    }

    /** Repositories and their policies. */
    public Repositories repositories() {
        return repositories;
    }

    /** Cache rules, templates, exclusions. */
    public RegistrySettings settings() {
        return settings;
    }

    /** Layers on their way in. */
    public Uploads uploads() {
        return uploads;
    }

    /** Scans and what they found. */
    public Findings findings() {
        return findings;
    }

    /** Lifecycle policy previews. */
    public Previews previews() {
        return previews;
    }

    /** Whether the repository has the layer: in an image, or uploaded for one. */
    public boolean hasLayer(String repository, Digest layer) {
        return (images.hasLayer(repository, layer) || uploads.has(repository, layer)) && blobs.has(layer);
    }

    /** A repository's ARN. */
    public String arn(String repository) {
        return "arn:aws:ecr:" + region + ":" + account + ":repository/" + repository;
    }

    /** Performs several reads and writes as one change, all or nothing. */
    public <T> T change(Supplier<T> change) {
        return metadata.write(change);
    }

    /** Deletes the blobs that no image has and that nobody has asked for within an hour. */
    public void deleteUnusedBlobs() throws IOException {
        for (Digest blob : blobs.all()) {
            metadata.write(() -> {
                if (!images.usesBlob(blob)) {
                    blobs.deleteUnlessLeased(blob);
                }
            });
        }
    }

    @Override
    public Optional<CacheRule> ruleFor(String repository) {
        return settings.ruleFor(repository);
    }

    @Override
    public boolean repositoryExists(String repository) {
        return repositories.find(repository).isPresent();
    }

    @Override
    public void createFromTemplate(String repository) {
        boolean created = change(() -> {
            if (repositoryExists(repository)) {
                return false;
            }
            Optional<Template> template = settings.templateFor(repository, "PULL_THROUGH_CACHE");
            template.ifPresent(EcrRegistry::requireRole);
            Instant now = clock.instant();
            repositories.create(
                    template.map(t -> t.repository(repository, now))
                            .orElseGet(() -> Repository.withDefaults(repository, now)),
                    template);
            return true;
        });
        if (created) {
            // inferred: ecr-facts 3.5 takes it that ECR's own creation logs CreateRepository by the cache's role
            ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("repositoryName", repository);
            Caller cache = new Caller(account, "", CACHE_ROLE, Optional.of("ecr-pullthroughcache"));
            events.apiCall(cache, Via.API, "CreateRepository", false, repository, parameters, Optional.empty());
        }
    }

    @Override
    public Optional<CachedTag> tag(String repository, String tag) {
        return images.tag(repository, tag).map(found -> new CachedTag(found.digest(), found.validatedAt()));
    }

    @Override
    public Optional<Manifest> manifest(String repository, Digest digest) {
        return metadata.read(() -> images.find(repository, digest)
                .filter(Image::active)
                .flatMap(image -> images.manifest(repository, digest)));
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public void commit(String repository, List<Manifest> manifests, Optional<String> tag, Instant validatedAt) {
        if (manifests.isEmpty()) {
            throw new IllegalArgumentException("nothing to commit to " + repository);
        }
        Manifest last = manifests.getLast();
        Optional<Digest> before =
                tag.flatMap(name -> images.tag(repository, name)).map(ImageTag::digest);
        List<Manifest> added = change(() -> {
            List<Manifest> missing = manifests.stream()
                    .filter(manifest -> manifest(repository, manifest.digest()).isEmpty())
                    .toList();
            missing.forEach(manifest -> add(repository, manifest));
            tag.ifPresent(name -> images.point(repository, name, last.digest(), validatedAt));
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

    @Override
    public void validated(String repository, String tag, Instant at) {
        change(() -> {
            images.tag(repository, tag).ifPresent(found -> images.point(repository, tag, found.digest(), at));
            return true;
        });
    }

    @Override
    public void close() {
        metadata.close();
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
        if (!repositoryExists(repository)) {
            throw new IllegalStateException("no repository " + repository + " to commit " + manifest.digest() + " to");
        }
        Contents.missing(this, repository, manifest).ifPresent(missing -> {
            throw new IllegalStateException("could not commit " + manifest.digest() + " to " + repository + ": its "
                    + missing + " is not here; import it first");
        });
        images.add(repository, manifest, clock.instant());
    }
}
