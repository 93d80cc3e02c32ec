package dev.larder.local.ecr;

import dev.larder.events.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/** Content-addressed bytes in files. A blob is seen only once it is whole and its digest is right. */
public interface BlobStore {
    /** Whether the blob is here, whole. */
    boolean has(Digest digest);

    /**
     * Bytes of a blob that is here.
     *
     * @throws IOException when it is not
     */
    long size(Digest digest) throws IOException;

    /**
     * Opens a blob that is here.
     *
     * @throws IOException when it is not
     */
    InputStream open(Digest digest) throws IOException;

    /**
     * Takes in a blob: to a temporary file, hashed on the way, then moved to its place in one step. Does nothing when it
     * is here already. A failure leaves nothing behind.
     *
     * @param size how many bytes there must be, or -1 when nobody said
     * @throws BlobMismatchException when the bytes are fewer, more or others than promised
     * @throws IOException when they cannot be read or written (a full disk, say)
     */
    void write(Digest digest, long size, InputStream content) throws IOException;

    /**
     * Sees to it that blobs which are here are still here after a loss of power: to be called before anything refers to
     * them. One call for all blobs of an image costs the disk little more than one for a single blob.
     *
     * @throws IOException when the disk does not take it
     */
    void settle(Collection<Digest> blobs) throws IOException;
}
