package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Clients to look with, and what to expect of a look. */
final class Looks {
    static final Duration LOOK = Duration.ofSeconds(10);

    private Looks() {}

    static HttpUpstreamRegistries anonymous(Duration longest) {
        return client(upstream -> Optional.empty(), InstantSource.system(), longest);
    }

    static HttpUpstreamRegistries client(UpstreamCredentials credentials, InstantSource clock, Duration longest) {
        return new HttpUpstreamRegistries(
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(5))
                        .build(),
                credentials,
                clock,
                longest);
    }

    static <T> T found(Looked<T> looked) {
        return switch (looked) {
            case Looked.Found<T> found -> found.value();
            case Looked.Unchanged<T> unchanged -> throw new AssertionError(unchanged);
            case Looked.Refused<T> refused -> throw new AssertionError(refused);
        };
    }

    static Failure refused(FailureKind kind, String code, Looked<?> looked) {
        Failure failure =
                assertInstanceOf(Looked.Refused.class, looked, looked::toString).failure();
        assertEquals(kind, failure.kind(), failure.toString());
        assertEquals(code, failure.code(), failure.toString());
        assertTrue(failure.reason().startsWith("could not "), failure.reason());
        assertTrue(failure.reason().length() < 500, failure.reason());
        return failure;
    }
}
