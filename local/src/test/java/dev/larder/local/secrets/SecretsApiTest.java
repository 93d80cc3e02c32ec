package dev.larder.local.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsApiTest {
    private static final Caller ME = new Caller("111122223333", "me", "me", Optional.empty());
    private static final String NAME = "ecr-pullthroughcache/docker-hub";

    @TempDir
    Path folder;

    private SecretsApi api;

    @BeforeEach
    void create() throws IOException {
        api = open();
        call("CreateSecret", Json.object().put("Name", NAME).put("SecretString", "one"));
    }

    @Test
    void aSecretIsFoundByNameByArnAndByArnWithoutItsEnd() {
        String arn = call("DescribeSecret", id(NAME)).path("ARN").asText();
        assertEquals("one", value(NAME));
        assertEquals("one", value(arn));
        assertEquals("one", value("arn:aws:secretsmanager:eu-central-1:111122223333:secret:" + NAME));
    }

    @Test
    void aRestartKeepsTheNewestValue() throws IOException {
        call("PutSecretValue", id(NAME).put("SecretString", "two"));
        api = open();
        assertEquals("two", value(NAME));
    }

    @Test
    void onlyItsOwnerReadsTheFile() throws IOException {
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.resolve("secrets.json")));
    }

    @Test
    void listsAndDescriptionsDoNotTellTheValue() {
        assertFalse(call("ListSecrets", Json.object()).toString().contains("one"));
        assertFalse(call("DescribeSecret", id(NAME)).toString().contains("one"));
    }

    @Test
    void whatIsMissingOrThereAlreadyIsAnErrorOfSecretsManager() {
        assertEquals("ResourceNotFoundException", code("GetSecretValue", id("other")));
        assertEquals(
                "ResourceExistsException", code("CreateSecret", Json.object().put("Name", NAME)));
        assertEquals("UnknownOperationException", code("RotateSecret", id(NAME)));
    }

    private SecretsApi open() throws IOException {
        return new SecretsApi(
                SecretStore.open(folder.resolve("secrets.json")),
                "111122223333",
                "eu-central-1",
                InstantSource.fixed(Instant.EPOCH));
    }

    private ObjectNode call(String action, ObjectNode input) {
        return api.call(action, input, ME, Via.API);
    }

    private String value(String id) {
        return call("GetSecretValue", id(id)).path("SecretString").asText();
    }

    private String code(String action, ObjectNode input) {
        return assertThrows(AwsException.class, () -> call(action, input)).code();
    }

    private static ObjectNode id(String id) {
        return Json.object().put("SecretId", id);
    }
}
