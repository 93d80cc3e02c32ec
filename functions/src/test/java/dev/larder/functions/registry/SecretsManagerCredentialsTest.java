package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.functions.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretsManagerCredentialsTest {
    private static final String NAME = "ecr-pullthroughcache/docker-hub";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T12:00:00Z"));

    private SecretsManagerCredentials credentials(Function<String, String> secrets) {
        SecretsManagerClient client = new SecretsManagerClient() {
            @Override
            public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
                return GetSecretValueResponse.builder()
                        .secretString(secrets.apply(request.secretId()))
                        .build();
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {}
        };
        return new SecretsManagerCredentials(client, clock);
    }

    private static Upstream upstream(String secret) {
        return new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.ofNullable(secret),
                List.of(),
                Optional.empty());
    }

    private Failure failure(Function<String, String> secrets) {
        return assertThrows(
                        CredentialsException.class, () -> credentials(secrets).of(upstream(NAME)))
                .failure();
    }

    @Test
    void theSecretOfAnUpstreamIsReadAndReadAgainAfterFiveMinutes() throws CredentialsException {
        int[] reads = {0};
        SecretsManagerCredentials credentials = credentials(name -> {
            assertEquals(NAME, name);
            return "{\"username\":\"larder\",\"accessToken\":\"t" + reads[0]++ + "\"}";
        });
        assertEquals(Optional.of(new Login("larder", "t0")), credentials.of(upstream(NAME)));
        assertEquals(Optional.of(new Login("larder", "t0")), credentials.of(upstream(NAME)));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(Optional.of(new Login("larder", "t1")), credentials.of(upstream(NAME)));
    }

    @Test
    void anUpstreamWithoutASecretHasNoLogin() throws CredentialsException {
        assertEquals(Optional.empty(), credentials(name -> "").of(upstream(null)));
    }

    @Test
    void aSecretThatTheFileNamesWithItsSuffixIsAskedForWithout() throws CredentialsException {
        List<String> asked = new ArrayList<>();
        SecretsManagerCredentials credentials = credentials(name -> {
            asked.add(name);
            return "{\"username\":\"larder\",\"accessToken\":\"one\"}";
        });
        credentials.of(upstream(NAME + "-a1B2c3"));
        assertEquals(List.of(NAME), asked);
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        Failure failure = failure(name -> {
            throw ResourceNotFoundException.builder().message("no").build();
        });
        assertEquals(FailureKind.CREDENTIALS, failure.kind());
        assertTrue(failure.reason().contains(NAME), failure.reason());
    }

    @Test
    void aPermissionThatWeLackIsOurOwnFault() {
        Failure failure = failure(name -> {
            throw SecretsManagerException.builder()
                    .message("not authorized")
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("AccessDeniedException")
                            .build())
                    .build();
        });
        assertEquals(FailureKind.ACCESS, failure.kind());
    }

    @Test
    void anOutageOfSecretsManagerIsNotTheSecretsFault() {
        Failure failure = failure(name -> {
            throw SdkClientException.create("no connection");
        });
        assertEquals(FailureKind.NETWORK, failure.kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "null",
                "[]",
                "{\"username\":\"larder\"}",
                "{\"username\":\"larder\",\"accessToken\":\"\"}",
                "{\"username\":7,\"accessToken\":\"hunter2\"}"
            })
    void aSecretOfAnotherFormIsRefusedAndNotShown(String content) {
        Failure failure = failure(name -> content);
        assertEquals(FailureKind.CREDENTIALS, failure.kind());
        assertEquals("UnreadableSecret", failure.code());
        assertTrue(!failure.reason().contains("hunter2"), failure.reason());
    }
}
