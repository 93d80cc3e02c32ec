package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.local.ecr.CacheRule;
import dev.larder.local.fixture.FixtureRegistry;
import dev.larder.local.front.Json;
import dev.larder.local.secrets.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCheckTest {
    private static final String ARN =
            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/hub";

    @TempDir
    private Path folder;

    private final FixtureRegistry upstream = FixtureRegistry.start();

    @SuppressWarnings("NullAway.Init")
    private SecretStore store;

    @BeforeEach
    void open() throws IOException {
        store = SecretStore.open(folder.resolve("secrets.json"));
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void credentialsThatTheUpstreamTakesAreValid() throws IOException {
        secret("{\"username\":\"larder\",\"accessToken\":\"s3cret\"}");
        upstream.requireToken("larder", "s3cret");
        assertEquals(Optional.empty(), failure(Optional.of(ARN)));
        upstream.requireBasic("larder", "s3cret");
        assertEquals(Optional.empty(), failure(Optional.of(ARN)));
    }

    @Test
    void credentialsThatTheUpstreamRefusesAreNot() throws IOException {
        secret("{\"username\":\"larder\",\"accessToken\":\"old\"}");
        upstream.requireToken("larder", "s3cret");
        assertTrue(failure(Optional.of(ARN)).orElseThrow().contains("401"), () -> "" + failure(Optional.of(ARN)));
        upstream.requireBasic("larder", "s3cret");
        assertTrue(failure(Optional.of(ARN)).orElseThrow().contains("401"), () -> "" + failure(Optional.of(ARN)));
    }

    @Test
    void aSecretWithoutAUserNameIsNotEvenTried() throws IOException {
        secret("{\"user\":\"larder\"}");
        assertTrue(failure(Optional.of(ARN)).orElseThrow().contains("does not hold"));
        assertEquals(0, upstream.requests().size());
    }

    @Test
    void withoutCredentialsAnyAnswerIsOneAndNoneIsNot() {
        assertEquals(Optional.empty(), failure(Optional.empty()));
        upstream.requireBasic("larder", "s3cret");
        assertEquals(Optional.empty(), failure(Optional.empty()));
        upstream.switchOff();
        assertTrue(failure(Optional.empty()).isPresent());
    }

    private Optional<String> failure(Optional<String> credentialArn) {
        return new RuleCheck(new Secrets(store))
                .failure(new CacheRule("hub", Optional.empty(), upstream.url(), "ROOT", credentialArn));
    }

    private void secret(String value) throws IOException {
        store.put(Json.object()
                .put("Name", "ecr-pullthroughcache/hub")
                .put("ARN", ARN + "-abc123")
                .put("SecretString", value));
    }
}
