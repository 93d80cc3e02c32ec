package dev.larder.local.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Secrets Manager with text secrets and their newest version. */
public final class SecretsApi implements JsonService {
    private final SecretStore store;
    private final String arnPrefix;
    private final InstantSource clock;

    /** @param clock gives creation and change dates */
    public SecretsApi(SecretStore store, String account, String region, InstantSource clock) {
        this.store = store;
        this.arnPrefix = "arn:aws:secretsmanager:" + region + ":" + account + ":secret:";
        this.clock = clock;
    }

    @Override
    public ObjectNode call(String action, ObjectNode input, Caller caller, Via via) {
        return switch (action) {
            case "CreateSecret" -> create(input);
            case "PutSecretValue" -> put(input);
            case "GetSecretValue" -> value(existing(input));
            case "DescribeSecret" -> description(existing(input));
            case "ListSecrets" -> list();
            default ->
                throw new AwsException(
                        400, "UnknownOperationException", "the local cloud's Secrets Manager does not have " + action);
        };
    }

    /**
     * Creates a secret without a value.
     *
     * @return whether it has no value now; false when it had one already
     */
    public boolean createEmpty(String name) {
        if (store.find(name).isEmpty()) {
            create(Json.object().put("Name", name));
        }
        return store.find(name).filter(secret -> secret.has("SecretString")).isEmpty();
    }

    private ObjectNode create(ObjectNode input) {
        String name = Json.required(input, "Name");
        if (store.find(name).isPresent()) {
            throw new AwsException(
                    400,
                    "ResourceExistsException",
                    "The operation failed because the secret " + name + " already exists.");
        }
        String suffix = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString()
                .substring(0, 6);
        ObjectNode secret = Json.object().put("Name", name).put("ARN", arnPrefix + name + "-" + suffix);
        secret.put("Description", input.path("Description").asText(""));
        secret.put("CreatedDate", seconds());
        return save(secret, input);
    }

    private ObjectNode put(ObjectNode input) {
        Json.required(input, "SecretString");
        return save(existing(input), input);
    }

    private ObjectNode save(ObjectNode secret, ObjectNode input) {
        if (input.has("SecretBinary")) {
            throw new AwsException(
                    400, "InvalidParameterException", "the local cloud keeps SecretString, not SecretBinary");
        }
        secret.put(
                "VersionId",
                input.path("ClientRequestToken").asText(UUID.randomUUID().toString()));
        secret.put("LastChangedDate", seconds());
        if (input.has("SecretString")) {
            secret.put("SecretString", input.path("SecretString").asText());
        }
        try {
            store.put(secret);
        } catch (IOException e) {
            throw new AwsException(500, "InternalServiceError", "the secret cannot be written: " + e.getMessage());
        }
        ObjectNode answer = secret.deepCopy();
        answer.retain(List.of("ARN", "Name", "VersionId"));
        return answer;
    }

    private ObjectNode existing(ObjectNode input) {
        String id = Json.required(input, "SecretId");
        return store.find(id)
                .orElseThrow(() -> new AwsException(
                        400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret: " + id));
    }

    private static ObjectNode value(ObjectNode secret) {
        if (!secret.has("SecretString")) {
            throw new AwsException(
                    400,
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
        }
        secret.retain(List.of("ARN", "Name", "VersionId", "SecretString", "CreatedDate"));
        secret.putArray("VersionStages").add("AWSCURRENT");
        return secret;
    }

    private static ObjectNode description(ObjectNode secret) {
        secret.remove("SecretString");
        ArrayNode stages = secret.putObject("VersionIdsToStages")
                .putArray(secret.path("VersionId").asText());
        stages.add("AWSCURRENT");
        secret.remove("VersionId");
        return secret;
    }

    private ObjectNode list() {
        ObjectNode answer = Json.object();
        ArrayNode secrets = answer.putArray("SecretList");
        for (ObjectNode secret : store.all()) {
            secret.retain(List.of("ARN", "Name", "Description", "CreatedDate", "LastChangedDate"));
            secrets.add(secret);
        }
        return answer;
    }

    private double seconds() {
        Instant now = clock.instant();
        return now.toEpochMilli() / 1000.0;
    }
}
