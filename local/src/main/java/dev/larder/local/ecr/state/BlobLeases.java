package dev.larder.local.ecr.state;

import dev.larder.events.image.Digest;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Blobs that someone has asked about or written within the last hour of real time, and may be about to refer to. Kept in
 * memory: no import outlives its process.
 */
final class BlobLeases {
    private static final Duration LENGTH = Duration.ofHours(1);

    private final ConcurrentMap<Digest, Long> until = new ConcurrentHashMap<>();

    void renew(Digest digest) {
        until.put(digest, System.nanoTime() + LENGTH.toNanos());
    }

    boolean held(Digest digest) {
        Long end = until.get(digest);
        if (end == null) {
            return false;
        }
        if (end - System.nanoTime() > 0) {
            return true;
        }
        until.remove(digest, end);
        return false;
    }
}
