package dev.larder.local.upstream;

import dev.larder.local.ecr.BlobMismatchException;
import dev.larder.local.ecr.BlobStore;
import dev.larder.local.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Brings blobs from an upstream into the store, six at a time (as many as skopeo does). The first failure ends all. */
final class BlobDownloads {
    private static final int AT_ONCE = 6;

    private final UpstreamRegistry upstream;
    private final BlobStore store;

    BlobDownloads(UpstreamRegistry upstream, BlobStore store) {
        this.upstream = upstream;
        this.store = store;
    }

    /**
     * Returns when every blob is in the store, whole, right and there to stay.
     *
     * @throws UpstreamException when the upstream does not give one, or gives other bytes
     * @throws IOException when the store cannot keep one
     */
    void bring(String repository, Collection<Descriptor> blobs) throws IOException {
        try (ExecutorService workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            CompletionService<Void> downloads = new ExecutorCompletionService<>(workers);
            for (Descriptor blob : blobs) {
                downloads.submit(() -> {
                    one(repository, blob);
                    return null;
                });
            }
            try {
                for (int i = 0; i < blobs.size(); i++) {
                    downloads.take().get();
                }
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the import was called off");
            } catch (ExecutionException e) {
                workers.shutdownNow();
                throw rethrown(e);
            }
        }
        store.settle(blobs.stream().map(Descriptor::digest).toList());
    }

    private void one(String repository, Descriptor blob) throws IOException {
        if (store.has(blob.digest())) {
            return;
        }
        try (InputStream content = upstream.blob(repository, blob)) {
            store.write(blob.digest(), blob.size(), content);
        } catch (BlobMismatchException e) {
            throw new UpstreamException(
                    UpstreamFailure.UNAVAILABLE,
                    "could not get the blob " + blob.digest() + " of " + repository + ": " + e.getMessage()
                            + "; the upstream's copy is damaged: push the image there again, or pull again later",
                    e);
        } catch (UpstreamException e) {
            throw e.ofPart();
        }
    }

    private static IOException rethrown(ExecutionException failure) {
        return switch (failure.getCause()) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> new IOException("a download ended in a way it cannot", failure);
        };
    }
}
