package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
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
    private final Metadata metadata;
    private final FileBlobStore blobs;
    private final String account;
    private final String region;
    private final Images images;
    private final Repositories repositories;
    private final RegistrySettings settings;
    private final Uploads uploads;
    private final Findings findings;
    private final Replication replication;
    private final Previews previews;
    private final Imports imports;

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
        findings = new Findings(metadata);
        replication = new Replication(metadata);
        previews = new Previews(metadata);
        images = new Images(metadata, findings, replication);
        repositories = new Repositories(metadata, images, previews, uploads);
        settings = new RegistrySettings(metadata);
        imports = new Imports(this, clock, events);
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

    /** Rules of replication, and copies on their way. */
    public Replication replication() {
        return replication;
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
        imports.createFromTemplate(repository);
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
        imports.commit(repository, manifests, tag, validatedAt);
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
}
