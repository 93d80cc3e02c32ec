package dev.larder.local.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import java.nio.charset.StandardCharsets;

/** A refusal, in the words of the OCI distribution specification's error codes. */
final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = new JsonMapper();

    private final int status;
    private final String code;

    RegistryException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /**
     * What an error of ECR's API is to a registry client. The two 404s are ECR's (ecr-facts 8.1); that a failing
     * upstream is 503 and a denied one 403 is inferred.
     */
    static RegistryException of(AwsException e) {
        return switch (e.code()) {
            case "RepositoryNotFoundException" -> new RegistryException(404, "NAME_UNKNOWN", e.message());
            case "LayersNotFoundException", "LayerInaccessibleException" ->
                new RegistryException(404, "BLOB_UNKNOWN", e.message());
            case "InvalidParameterException", "ValidationException" ->
                new RegistryException(400, "NAME_INVALID", e.message());
            case "AccessDeniedException" -> new RegistryException(403, "DENIED", e.message());
            case "ThrottlingException", "LimitExceededException" ->
                new RegistryException(429, "TOOMANYREQUESTS", e.message());
            case "UnableToGetUpstreamImageException",
                    "UnableToGetUpstreamLayerException",
                    "UnableToListUpstreamImageReferrersException" ->
                new RegistryException(503, "UNAVAILABLE", e.message());
            case "UnknownOperationException" -> new RegistryException(405, "UNSUPPORTED", e.message());
            default -> new RegistryException(e.status() >= 500 ? 500 : 400, "UNKNOWN", e.code() + ": " + e.message());
        };
    }

    /** What an entry of {@code failures} in {@code BatchGetImage}'s answer is to a registry client. */
    static RegistryException ofFailure(String failureCode, String reason) {
        return switch (failureCode) {
            case "ImageNotFound" ->
                new RegistryException(404, "MANIFEST_UNKNOWN", reason.isEmpty() ? "Requested image not found" : reason);
            case "InvalidImageTag", "InvalidImageDigest" -> new RegistryException(404, "MANIFEST_UNKNOWN", reason);
            case "UpstreamAccessDenied" -> new RegistryException(403, "DENIED", reason);
            case "UpstreamTooManyRequests" -> new RegistryException(429, "TOOMANYREQUESTS", reason);
            case "UpstreamUnavailable" -> new RegistryException(503, "UNAVAILABLE", reason);
            default -> new RegistryException(500, "UNKNOWN", failureCode + ": " + reason);
        };
    }

    int status() {
        return status;
    }

    byte[] json() {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("errors").addObject().put("code", code).put("message", String.valueOf(getMessage()));
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
