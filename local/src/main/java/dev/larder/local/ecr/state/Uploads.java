package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Layers on their way in, part by part, and those that have come but belong to no image yet. */
public final class Uploads {
    private final Metadata metadata;
    private final Path folder;
    private final FileBlobStore blobs;
    private final Table<Upload> uploads;
    private final Table<Boolean> arrived;

    Uploads(Metadata metadata, Path data, FileBlobStore blobs) throws IOException {
        this.metadata = metadata;
        this.blobs = blobs;
        folder = Files.createDirectories(data.resolve("uploads"));
        uploads = metadata.table("uploads", Upload.class);
        arrived = metadata.table("uploadedLayers", Boolean.class);
    }

    /** Begins an upload. */
    public Upload start(String repository, Instant at) {
        Upload upload = new Upload(UUID.randomUUID().toString(), repository, 0, false, at);
        metadata.write(() -> uploads.put(upload, upload.id()));
        return upload;
    }

    /** An upload of the repository that is under way. */
    public Optional<Upload> find(String repository, String id) {
        return metadata.read(
                () -> uploads.get(id).filter(upload -> upload.repository().equals(repository)));
    }

    /**
     * Appends a part.
     *
     * @param small whether the part is below what all parts but the last must have
     */
    public Upload append(Upload upload, byte[] part, boolean small) {
        return metadata.write(() -> {
            try (FileChannel file = FileChannel.open(
                    folder.resolve(upload.id()), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.truncate(upload.bytes()).position(upload.bytes());
                ByteBuffer bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            } catch (IOException e) {
                throw failed("write a part of the upload", upload, e);
            }
            Upload longer = new Upload(
                    upload.id(),
                    upload.repository(),
                    upload.bytes() + part.length,
                    upload.smallPart() || small,
                    upload.startedAt());
            uploads.put(longer, upload.id());
            return longer;
        });
    }

    /**
     * Makes a layer of what was uploaded.
     *
     * @throws IOException a {@link dev.larder.local.ecr.BlobMismatchException} when the digest is another
     */
    public void complete(Upload upload, Digest digest) throws IOException {
        Path file = folder.resolve(upload.id());
        try (InputStream content = Files.newInputStream(file)) {
            blobs.write(digest, upload.bytes(), content);
        }
        blobs.settle(List.of(digest));
        metadata.write(() -> {
            arrived.put(true, upload.repository(), digest.value());
            uploads.remove(upload.id());
        });
        Files.deleteIfExists(file);
    }

    /** Notes that a layer has come into a repository in another way. */
    public void arrived(String repository, Digest layer) {
        metadata.write(() -> arrived.put(true, repository, layer.value()));
    }

    void removeAll(String repository) {
        metadata.write(() -> {
            arrived.keys(repository).forEach(layer -> arrived.remove(repository, layer));
            uploads.all().stream()
                    .filter(upload -> upload.repository().equals(repository))
                    .forEach(upload -> uploads.remove(upload.id()));
        });
    }

    boolean has(String repository, Digest layer) {
        return metadata.read(() -> arrived.has(repository, layer.value())) && blobs.has(layer);
    }

    private static UncheckedIOException failed(String action, Upload upload, IOException e) {
        return new UncheckedIOException(
                "could not " + action + " " + upload.id() + " to " + upload.repository() + ": " + e.getMessage(), e);
    }

    /**
     * An upload under way.
     *
     * @param bytes how many have come
     * @param smallPart whether one of the parts was too small to be followed by another
     */
    public record Upload(String id, String repository, long bytes, boolean smallPart, Instant startedAt) {}
}
