package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.BlobMismatchException;
import dev.larder.local.ecr.BlobStore;
import dev.larder.local.oci.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Blobs as files, {@code blobs/sha256/ab/ab12...}; what is not whole yet is in {@code blobs/incoming}. */
final class FileBlobStore implements BlobStore {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path blobs;
    private final Path incoming;
    private final BlobLeases leases = new BlobLeases();

    private FileBlobStore(Path blobs, Path incoming) {
        this.blobs = blobs;
        this.incoming = incoming;
    }

    /** Opens the folder, and throws away what a killed process left half written. */
    static FileBlobStore open(Path data) throws IOException {
        Path incoming = Files.createDirectories(data.resolve("blobs").resolve("incoming"));
        try (Stream<Path> left = Files.list(incoming)) {
            for (Path path : left.toList()) {
                Files.delete(path);
            }
        }
        return new FileBlobStore(Files.createDirectories(data.resolve("blobs").resolve("sha256")), incoming);
    }

    @Override
    public boolean has(Digest digest) {
        boolean here = Files.exists(file(digest));
        if (here) {
            leases.renew(digest);
        }
        return here;
    }

    @Override
    public long size(Digest digest) throws IOException {
        return Files.size(file(digest));
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        try {
            return Files.newInputStream(file(digest));
        } catch (NoSuchFileException e) {
            throw new IOException("no blob " + digest + " in " + blobs, e);
        }
    }

    @Override
    public void write(Digest digest, long size, InputStream content) throws IOException {
        if (has(digest)) {
            return;
        }
        Path temporary = incoming.resolve(digest.hex() + "." + UUID.randomUUID());
        try {
            receive(digest, size, content, temporary);
            leases.renew(digest);
            Path folder = Files.createDirectories(folder(digest));
            Files.move(temporary, folder.resolve(digest.hex()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The bytes are on the disk since they were written; what is left are the names, which are as durable as their folders. */
    @Override
    public void settle(Collection<Digest> digests) throws IOException {
        Set<Path> folders = digests.stream().map(this::folder).collect(Collectors.toSet());
        for (Path folder : folders) {
            flush(folder);
        }
        flush(blobs);
    }

    /** Deletes a blob that no image has, unless someone has lately asked for it: an import may be under way. */
    boolean deleteUnlessLeased(Digest digest) {
        if (leases.held(digest)) {
            return false;
        }
        try {
            return Files.deleteIfExists(file(digest));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("could not delete the blob " + file(digest), e);
        }
    }

    /** Every blob that is here. */
    List<Digest> all() throws IOException {
        try (Stream<Path> files = Files.walk(blobs, 2)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> new Digest("sha256:" + file.getFileName()))
                    .toList();
        }
    }

    private void receive(Digest digest, long size, InputStream content, Path file) throws IOException {
        MessageDigest hash = Sha256.messageDigest();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream to = Channels.newOutputStream(channel);
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                hash.update(buffer, 0, read);
                int length = read;
                writing(() -> to.write(buffer, 0, length));
                bytes += read;
                if (size >= 0 && bytes > size) {
                    throw new BlobMismatchException(
                            "blob " + digest + " should have " + size + " bytes, more are coming");
                }
            }
            writing(() -> channel.force(true));
        }
        check(digest, size, bytes, Sha256.digest(hash.digest()));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void writing(Writing step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            throw new IOException(
                    "could not write a blob under " + blobs + ": " + e.getMessage()
                            + "; free space on that disk, or name another folder with --data",
                    e);
        }
    }

    private static void check(Digest promised, long size, long bytes, Digest found) throws BlobMismatchException {
        if (size >= 0 && bytes != size) {
            throw new BlobMismatchException("blob " + promised + " should have " + size + " bytes, " + bytes + " came");
        }
        if (!found.equals(promised)) {
            throw new BlobMismatchException("blob " + promised + " has the digest " + found);
        }
    }

    private static void flush(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path folder(Digest digest) {
        return blobs.resolve(digest.hex().substring(0, 2));
    }

    private Path file(Digest digest) {
        return folder(digest).resolve(digest.hex());
    }
}
