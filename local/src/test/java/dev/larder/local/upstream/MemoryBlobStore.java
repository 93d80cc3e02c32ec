package dev.larder.local.upstream;

import dev.larder.events.image.Digest;
import dev.larder.local.ecr.BlobMismatchException;
import dev.larder.local.ecr.BlobStore;
import dev.larder.local.oci.Sha256;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link BlobStore} in memory, whose disk can be full. */
public final class MemoryBlobStore implements BlobStore {
    private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
    private final Set<Digest> settled = ConcurrentHashMap.newKeySet();
    public volatile boolean full;

    @Override
    public boolean has(Digest digest) {
        return blobs.containsKey(digest);
    }

    @Override
    public long size(Digest digest) throws IOException {
        return bytes(digest).length;
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
        return new ByteArrayInputStream(bytes(digest));
    }

    @Override
    public void write(Digest digest, long size, InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        if (full) {
            throw new IOException("No space left on device");
        }
        Digest found = Sha256.of(bytes);
        if (!found.equals(digest) || (size >= 0 && size != bytes.length)) {
            throw new BlobMismatchException(
                    "expected " + digest + " of " + size + " bytes, found " + found + " of " + bytes.length);
        }
        blobs.put(digest, bytes);
    }

    @Override
    public void settle(Collection<Digest> digests) throws IOException {
        for (Digest digest : digests) {
            bytes(digest);
            settled.add(digest);
        }
    }

    /** Whether a blob is here to stay. */
    boolean hasSettled(Digest digest) {
        return settled.contains(digest);
    }

    private byte[] bytes(Digest digest) throws IOException {
        byte[] bytes = blobs.get(digest);
        if (bytes == null) {
            throw new FileNotFoundException(digest.value());
        }
        return bytes;
    }
}
