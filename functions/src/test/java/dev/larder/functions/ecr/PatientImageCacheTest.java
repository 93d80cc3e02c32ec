package dev.larder.functions.ecr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.domain.upstream.Failure;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientImageCacheTest {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");

    private final FakeRegistry registry = new FakeRegistry(new MovableClock(Instant.EPOCH));
    private final List<Duration> pauses = new ArrayList<>();
    private final ImageCache cache = new PatientImageCache(registry, pauses::add, () -> 0.5);

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "ServerException", "RepositoryNotFoundException", "Timeout"})
    void whatPassesIsAskedAgainAfterPausesThatGrow(String code) {
        registry.outage = Optional.of(Failure.classify(code, "connect timed out"));
        assertInstanceOf(ImageCache.Answer.Refused.class, cache.get(NGINX));
        assertEquals(4, registry.calls.size());
        assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)), pauses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UpstreamTooManyRequests", "UpstreamUnavailable", "ImageNotFound", "AccessDeniedException"})
    void whatTheUpstreamSaidIsNotAskedAgain(String code) {
        registry.outage = Optional.of(Failure.classify(code, ""));
        assertInstanceOf(ImageCache.Answer.Refused.class, cache.get(NGINX));
        assertEquals(1, registry.calls.size());
    }

    @Test
    void whoCannotWaitHasEachCallMadeOnce() {
        registry.outage = Optional.of(Failure.classify("ThrottlingException", "Rate exceeded"));
        assertInstanceOf(ImageCache.Answer.Refused.class, cache.askedOnce().get(NGINX));
        assertEquals(1, registry.calls.size());
        assertEquals(List.of(), pauses);
    }

    @Test
    void aCallThatFailsOnceIsMadeAgainAndOneThatKeepsFailingFails() {
        registry.beforeCall = () -> {
            registry.beforeCall = () -> {};
            throw new CacheException("untag", Failure.classify("ThrottlingException", "Rate exceeded"));
        };
        cache.untag(NGINX);
        assertEquals(2, registry.calls.size());
        registry.beforeCall = () -> {
            throw new CacheException("untag", Failure.classify("ThrottlingException", "Rate exceeded"));
        };
        assertThrows(CacheException.class, () -> cache.untag(NGINX));
        assertEquals(6, registry.calls.size());
    }
}
