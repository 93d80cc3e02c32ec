package dev.larder.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.front.Json;
import dev.larder.local.secrets.SecretStore;
import dev.larder.local.upstream.UpstreamCredentials;
import java.util.Optional;

/** Reads the credentials of cache rules from Secrets Manager's store, as ECR's service-linked role does. */
record Secrets(SecretStore store) {
    /** The credentials; empty when there is no such secret, or it does not hold what ECR wants of it. */
    Optional<UpstreamCredentials> credentials(String arn) {
        return store.find(arn).flatMap(secret -> {
            try {
                JsonNode value = Json.read(secret.path("SecretString").asText());
                return value.hasNonNull("username") && value.hasNonNull("accessToken")
                        ? Optional.of(new UpstreamCredentials(
                                value.path("username").asText(),
                                value.path("accessToken").asText()))
                        : Optional.empty();
            } catch (AwsException e) {
                return Optional.empty(); // a text that is no JSON
            }
        });
    }
}
