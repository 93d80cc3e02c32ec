package dev.larder.functions.registry;

import dev.larder.config.SecretNames;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The secrets that ECR's cache rules use, {@code {"username":...,"accessToken":...}} (ecr-facts 1.3). Each is read again
 * after five minutes, so that a new password is taken up.
 */
public final class SecretsManagerCredentials implements UpstreamCredentials {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SecretsManagerClient client;
    private final InstantSource clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    private record Read(Login login, Instant at) {}

    /** @param client of the cell's region, where the secrets have to be */
    public SecretsManagerCredentials(SecretsManagerClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Optional<Login> of(Upstream upstream) throws CredentialsException {
        if (upstream.credentials().isEmpty()) {
            return Optional.empty();
        }
        // a name in the request must not have the suffix, or it is not found (GetSecretValue in its API)
        String name = SecretNames.withoutSuffix(upstream.credentials().get());
        Instant now = clock.instant();
        Read last = read.get(name);
        if (last == null || !now.isBefore(last.at().plus(FRESH))) {
            last = new Read(login(name, content(name)), now);
            read.put(name, last);
        }
        return Optional.of(last.login());
    }

    private String content(String name) throws CredentialsException {
        try {
            return Optional.ofNullable(
                            client.getSecretValue(get -> get.secretId(name)).secretString())
                    .orElse("");
        } catch (ResourceNotFoundException e) {
            throw new CredentialsException(new Failure(
                    FailureKind.CREDENTIALS,
                    "SecretNotFoundException",
                    "there is no secret " + name
                            + "; create it, or take it out of the file. A name that itself ends in a dash and"
                            + " six characters needs the suffix of its ARN in the file"));
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? e.getClass().getSimpleName()
                    : e.awsErrorDetails().errorCode();
            boolean denied = code.startsWith("AccessDenied");
            throw new CredentialsException(new Failure(
                    denied ? FailureKind.ACCESS : FailureKind.UNKNOWN,
                    code,
                    "could not read the secret " + name + ": " + e.getMessage()));
        } catch (SdkException e) {
            throw new CredentialsException(new Failure(
                    FailureKind.NETWORK,
                    e.getClass().getSimpleName(),
                    "could not read the secret " + name + ": " + e.getMessage()));
        }
    }

    /** Says nothing of the content: it is a secret. */
    private static Login login(String name, String content) throws CredentialsException {
        Map<String, Object> fields;
        try {
            fields = JsonFields.read(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            fields = Map.of();
        }
        if (fields.get("username") instanceof String username
                && fields.get("accessToken") instanceof String accessToken
                && !accessToken.isEmpty()) {
            return new Login(username, accessToken);
        }
        throw new CredentialsException(new Failure(
                FailureKind.CREDENTIALS,
                "UnreadableSecret",
                "the secret " + name + " is not {\"username\":\"...\",\"accessToken\":\"...\"}, as ECR wants it"));
    }
}
