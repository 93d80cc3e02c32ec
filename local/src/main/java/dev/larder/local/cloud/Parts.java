package dev.larder.local.cloud;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Everything that must be closed, in the order in which it was opened. */
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public synchronized void close() throws IOException {
        IOException failure = new IOException("the local cloud did not stop cleanly");
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
