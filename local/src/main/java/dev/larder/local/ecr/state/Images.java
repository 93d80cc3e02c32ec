package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import dev.larder.local.oci.InvalidManifestException;
import dev.larder.local.oci.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The images of all repositories: records, manifests, tags and who refers to whom. */
public final class Images {
    private final Metadata metadata;
    private final Table<Image> images;
    private final Table<String> manifests;
    private final Table<ImageTag> tags;
    private final Index tagsOfImage;
    private final Links links;
    private final Findings findings;
    private final Replication replication;

    Images(Metadata metadata, Findings findings, Replication replication) {
        this.metadata = metadata;
        images = metadata.table("images", Image.class);
        manifests = metadata.table("manifests", String.class);
        tags = metadata.table("tags", ImageTag.class);
        tagsOfImage = metadata.index("tagsOfImage");
        links = new Links(metadata);
        this.findings = findings;
        this.replication = replication;
    }

    /** The image of a digest, archived ones too. */
    public Optional<Image> find(String repository, Digest digest) {
        return metadata.read(() -> images.get(repository, digest.value()));
    }

    /** A tag, whatever the state of its image. */
    public Optional<ImageTag> tag(String repository, String tag) {
        return metadata.read(() -> tags.get(repository, tag));
    }

    /** An image's tags in order. */
    public List<String> tagsOf(String repository, Digest digest) {
        return metadata.read(() -> tagsOfImage.under(repository, digest.value()));
    }

    /** The manifest as it was pushed or imported. */
    public Optional<Manifest> manifest(String repository, Digest digest) {
        return metadata.read(() -> images.get(repository, digest.value())
                .map(image ->
                        parse(image, manifests.get(repository, digest.value()).orElse(""))));
    }

    /** The indexes in the repository that list this image. */
    public List<Digest> parents(String repository, Digest child) {
        return metadata.read(() -> links.parents(repository, child));
    }

    /** The images in the repository whose subject is this one, which itself may be missing. */
    public List<Digest> referrers(String repository, Digest subject) {
        return metadata.read(() -> links.referrers(repository, subject));
    }

    /** Whether an image of the repository has this layer or configuration. */
    public boolean hasLayer(String repository, Digest layer) {
        return metadata.read(() -> links.hasLayer(repository, layer));
    }

    /** The next images in the order of their digests; {@code after} is the last digest of the page before. */
    public Page<Image> page(String repository, Optional<String> after, int limit, Predicate<Image> wanted) {
        return metadata.read(() -> images.page(after, limit, wanted, repository));
    }

    /** Whether the repository has no image. */
    public boolean isEmpty(String repository) {
        return metadata.read(() -> !images.hasUnder(repository));
    }

    /** Adds a manifest; one that is there keeps its push time, and comes back from the archive (a push restores it). */
    public Image add(String repository, Manifest manifest, Instant at) {
        return metadata.write(() -> {
            Optional<Image> old = images.get(repository, manifest.digest().value());
            if (old.isPresent() && old.get().active()) {
                return old.get();
            }
            Image image = old.map(archived -> archived.activated(at)).orElseGet(() -> image(repository, manifest, at));
            images.put(image, repository, manifest.digest().value());
            manifests.put(manifest.content(), repository, manifest.digest().value());
            links.add(repository, manifest);
            if (old.isEmpty()) {
                replication.begin(repository, manifest.digest());
            }
            return image;
        });
    }

    /** Lets a tag point at an image; what it pointed at before stays. */
    public void point(String repository, String tag, Digest digest, Instant validatedAt) {
        metadata.write(() -> {
            untag(repository, tag);
            tags.put(new ImageTag(tag, digest, validatedAt), repository, tag);
            tagsOfImage.add(repository, digest.value(), tag);
        });
    }

    /** Takes a tag off its image, which stays; does nothing when there is none. */
    public void untag(String repository, String tag) {
        metadata.write(() -> tags.remove(repository, tag)
                .ifPresent(old -> tagsOfImage.remove(repository, old.digest().value(), tag)));
    }

    /** Replaces an image's record: a pull, a move to the archive or back. */
    public void update(Image image) {
        metadata.write(
                () -> images.put(image, image.repository(), image.digest().value()));
    }

    /** Removes an image and its tags, without asking who refers to it. */
    public void remove(String repository, Digest digest) {
        metadata.write(() -> {
            tagsOf(repository, digest).forEach(tag -> untag(repository, tag));
            manifest(repository, digest).ifPresent(manifest -> links.remove(repository, manifest));
            images.remove(repository, digest.value());
            manifests.remove(repository, digest.value());
            findings.remove(repository, digest);
            replication.remove(repository, digest);
        });
    }

    boolean usesBlob(Digest blob) {
        return links.isUsed(blob);
    }

    private Image image(String repository, Manifest manifest, Instant at) {
        long size = manifest.isIndex()
                ? manifest.children().stream()
                        .flatMap(child -> images.get(repository, child.digest().value()).stream())
                        .mapToLong(Image::sizeBytes)
                        .max()
                        .orElse(0)
                : manifest.blobs().stream().mapToLong(blob -> blob.size()).sum();
        return new Image(
                repository,
                manifest.digest(),
                manifest.mediaType(),
                manifest.artifactType(),
                manifest.subject(),
                size,
                at,
                Optional.empty(),
                Image.Status.ACTIVE,
                Optional.empty(),
                Optional.empty());
    }

    private static Manifest parse(Image image, String content) {
        try {
            return Manifest.parse(content, image.mediaType());
        } catch (InvalidManifestException e) {
            throw new IllegalStateException(
                    "could not read the kept manifest " + image.digest() + " of " + image.repository(), e);
        }
    }
}
