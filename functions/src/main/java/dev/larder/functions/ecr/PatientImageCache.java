package dev.larder.functions.ecr;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.events.image.Tag;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Asks again what ECR was too busy for, or what the network lost: a few times, each after a pause drawn evenly from none to
 * one that doubles (full jitter). What an upstream said is not asked again: it would cost, and seldom help so soon.
 */
public final class PatientImageCache implements ImageCache {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private static final Set<FailureKind> PASSING =
            EnumSet.of(FailureKind.ECR_THROTTLING, FailureKind.ECR_UNAVAILABLE, FailureKind.NETWORK);

    private final ImageCache cache;
    private final Consumer<Duration> pause;
    private final DoubleSupplier random;

    /**
     * Takes what it asks.
     *
     * @param pause waits
     * @param random evenly from 0 to 1
     */
    public PatientImageCache(ImageCache cache, Consumer<Duration> pause, DoubleSupplier random) {
        this.cache = cache;
        this.pause = pause;
        this.random = random;
    }

    /** A repository may not be there yet on the very first call for it (ecr-facts 2.1), so that is worth another, too. */
    @Override
    public Answer get(Tagged image) {
        for (Duration most : PAUSES) {
            Answer answer = cache.get(image);
            if (!(answer instanceof Answer.Refused(Failure failure) && isPassing(failure.kind()))) {
                return answer;
            }
            await(most);
        }
        return cache.get(image);
    }

    private static boolean isPassing(FailureKind kind) {
        return PASSING.contains(kind) || kind == FailureKind.INCOMPLETE;
    }

    @Override
    public Map<Digest, CachedManifest> manifests(RepositoryName repository, Collection<Digest> digests) {
        return patiently(() -> cache.manifests(repository, digests));
    }

    @Override
    public Map<Digest, CachedManifest> readable(RepositoryName repository, Collection<Digest> digests) {
        return patiently(() -> cache.readable(repository, digests));
    }

    @Override
    public Set<Digest> referrers(RepositoryName repository, Digest subject) {
        return patiently(() -> cache.referrers(repository, subject));
    }

    @Override
    public Set<Digest> missingBlobs(RepositoryName repository, Collection<Digest> blobs) {
        return patiently(() -> cache.missingBlobs(repository, blobs));
    }

    @Override
    public void tag(RepositoryName repository, CachedManifest manifest, Tag tag) {
        patiently(() -> {
            cache.tag(repository, manifest, tag);
            return true;
        });
    }

    @Override
    public void untag(Tagged image) {
        patiently(() -> {
            cache.untag(image);
            return true;
        });
    }

    @Override
    public ImageCache askedOnce() {
        return cache;
    }

    private <T> T patiently(Supplier<T> call) {
        for (Duration most : PAUSES) {
            try {
                return call.get();
            } catch (CacheException e) {
                if (!PASSING.contains(e.failure().kind())) {
                    throw e;
                }
                await(most);
            }
        }
        return call.get();
    }

    private void await(Duration most) {
        pause.accept(Duration.ofMillis((long) (most.toMillis() * random.getAsDouble())));
    }
}
