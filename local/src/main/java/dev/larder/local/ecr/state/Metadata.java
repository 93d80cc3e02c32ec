package dev.larder.local.ecr.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The registry's records in one file, {@code registry.mv}: ordered maps of text, changed by one writer at a time. The
 * file is a log of checksummed chunks, one for each change, so a reader after a crash finds the last whole change.
 */
final class Metadata implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Metadata.class.getName());

    /** A change rewrites one page of each map it touches: small pages keep it small. */
    private static final int PAGE_BYTES = 2048;

    /** How long a chunk that is no longer needed stays, in case later ones did not reach the disk. */
    private static final int RETENTION_MILLIS = 5_000;

    private static final int COMMITS_BETWEEN_COMPACTIONS = 2_000;
    private static final int COMPACTION_FILL_RATE_PERCENT = 50;
    private static final int COMPACTION_BYTES = 8 << 20;

    private final Path folder;
    private final Map<String, MVMap<String, String>> maps = new ConcurrentHashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile MVStore store;
    private boolean closed;
    private int commits;

    private Metadata(Path folder, MVStore store) {
        this.folder = folder;
        this.store = store;
    }

    static Metadata open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Metadata(folder, store(folder));
    }

    private static MVStore store(Path folder) throws IOException {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(folder.resolve("registry.mv").toString())
                    .autoCommitDisabled()
                    .pageSplitSize(PAGE_BYTES)
                    .compress()
                    .open();
            store.setRetentionTime(RETENTION_MILLIS);
            return store;
        } catch (MVStoreException e) {
            throw new IOException(
                    e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                            ? "could not open the registry in " + folder
                                    + ": another process uses it; stop that one, or name another folder with --data"
                            : "could not open the registry in " + folder + ": " + e.getMessage()
                                    + "; restore the folder from a copy, or name another one with --data",
                    e);
        }
    }

    <V> Table<V> table(String name, Class<V> type) {
        return new Table<>(() -> map(name), type);
    }

    Index index(String name) {
        return new Index(() -> map(name));
    }

    /** A map is closed with its store, and by a rollback to before it was made. */
    private MVMap<String, String> map(String name) {
        return maps.compute(name, (key, open) -> open == null || open.isClosed() ? store.openMap(key) : open);
    }

    /** Reads, while nobody writes. */
    <T> T read(Supplier<T> reading) {
        if (lock.getReadHoldCount() == 0 && !lock.isWriteLockedByCurrentThread()) {
            reopen();
        }
        lock.readLock().lock();
        try {
            return reading.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Reads and writes as one change: all of it is kept, or, when it throws, nothing. A change inside one joins it. */
    <T> T write(Supplier<T> writing) {
        if (lock.isWriteLockedByCurrentThread()) {
            return writing.get();
        }
        lock.writeLock().lock();
        boolean done = false;
        try {
            reopen();
            T result = writing.get();
            commit();
            done = true;
            return result;
        } finally {
            if (!done && !store.isClosed()) {
                store.rollback();
            }
            lock.writeLock().unlock();
        }
    }

    /** {@link #write(Supplier)} without a result. */
    void write(Runnable writing) {
        write(() -> {
            writing.run();
            return true;
        });
    }

    /** The store closes itself when the disk refuses a write; the file has all changes before that one. */
    private void reopen() {
        if (!store.isClosed()) {
            return;
        }
        lock.writeLock().lock();
        try {
            if (store.isClosed() && !closed) {
                maps.clear();
                store = store(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void commit() {
        if (!store.hasUnsavedChanges()) {
            return;
        }
        try {
            store.commit();
        } catch (MVStoreException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new UncheckedIOException(
                    "could not write the registry's records in " + folder + ": " + reason.getMessage()
                            + "; nothing of this change is kept: free space on that disk and repeat it",
                    new IOException(e));
        }
        commits++;
        if (commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
            compact();
        }
    }

    /** The change before it is kept whether this succeeds or not. */
    private void compact() {
        try {
            store.compact(COMPACTION_FILL_RATE_PERCENT, COMPACTION_BYTES);
        } catch (MVStoreException e) {
            LOG.log(System.Logger.Level.WARNING, "could not compact the registry's records in " + folder, e);
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            // without a compaction: that of 2.4.240 fails an assertion on a store that was killed before
            store.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
