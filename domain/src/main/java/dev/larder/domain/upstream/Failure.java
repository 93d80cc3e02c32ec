package dev.larder.domain.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Why an image could not be brought into the cache.
 *
 * @param code as ECR gave it; opaque where ECR publishes no list
 * @param reason as ECR gave it
 */
public record Failure(FailureKind kind, String code, String reason) {
    /** {@code ImageFailureCode} and exception names of ECR's API model; LayerFailureCode is not among them. */
    private static final Map<String, FailureKind> CODES = Map.ofEntries(
            Map.entry("ImageNotFound", FailureKind.NOT_FOUND),
            Map.entry("ImageNotFoundException", FailureKind.NOT_FOUND),
            Map.entry("InvalidImageTag", FailureKind.NOT_FOUND),
            Map.entry("InvalidImageDigest", FailureKind.NOT_FOUND),
            Map.entry("ImageTagDoesNotMatchDigest", FailureKind.NOT_FOUND),
            Map.entry("UpstreamAccessDenied", FailureKind.DENIED),
            Map.entry("UpstreamTooManyRequests", FailureKind.UPSTREAM_LIMIT),
            Map.entry("UpstreamUnavailable", FailureKind.UPSTREAM_UNAVAILABLE),
            // "usually an issue with the Secrets Manager secret", says the model of it
            Map.entry("UnableToGetUpstreamImageException", FailureKind.CREDENTIALS),
            Map.entry("SecretNotFoundException", FailureKind.CREDENTIALS),
            Map.entry("UnableToAccessSecretException", FailureKind.CREDENTIALS),
            Map.entry("UnableToDecryptSecretValueException", FailureKind.CREDENTIALS),
            Map.entry("ImageTagAlreadyExistsException", FailureKind.IMMUTABLE),
            Map.entry("LimitExceededException", FailureKind.ECR_QUOTA),
            Map.entry("ThrottlingException", FailureKind.ECR_THROTTLING),
            Map.entry("TooManyRequestsException", FailureKind.ECR_THROTTLING),
            Map.entry("RequestLimitExceeded", FailureKind.ECR_THROTTLING),
            Map.entry("ServerException", FailureKind.ECR_UNAVAILABLE),
            // of any AWS service (API reference, common errors)
            Map.entry("ServiceUnavailable", FailureKind.ECR_UNAVAILABLE),
            Map.entry("ServiceUnavailableException", FailureKind.ECR_UNAVAILABLE),
            Map.entry("InternalFailure", FailureKind.ECR_UNAVAILABLE),
            Map.entry("KmsException", FailureKind.ECR_UNAVAILABLE),
            Map.entry("KmsError", FailureKind.ECR_UNAVAILABLE),
            Map.entry("ImageInaccessible", FailureKind.ECR_UNAVAILABLE),
            // a repository may not exist yet on the very first call for it (ecr-facts 2.1)
            Map.entry("RepositoryNotFoundException", FailureKind.INCOMPLETE),
            Map.entry("AccessDeniedException", FailureKind.ACCESS),
            Map.entry("UnrecognizedClientException", FailureKind.ACCESS),
            Map.entry("ExpiredTokenException", FailureKind.ACCESS));

    /** For codes that are in no list, such as those of pull-through events: words seen in registries' answers. */
    private static final List<Map.Entry<Pattern, FailureKind>> WORDS = List.of(
            words("too ?many ?requests|rate ?limit|\\b429\\b|toomanyrequests", FailureKind.UPSTREAM_LIMIT),
            // Docker Hub says "unauthorized" of what does not exist; a secret that fails has a code of ECR's
            words(
                    "unauthori[sz]ed|authentication|\\b401\\b|access ?denied|denied|forbidden|\\b403\\b",
                    FailureKind.DENIED),
            words("not ?found|no such|unknown|\\b404\\b", FailureKind.NOT_FOUND),
            words("too ?large|exceeds", FailureKind.TOO_LARGE),
            words("throttl", FailureKind.ECR_THROTTLING),
            words("unavailable|bad gateway|\\b50[0234]\\b", FailureKind.UPSTREAM_UNAVAILABLE),
            words("time[d ]*out|timeout|connect|unreachable|reset", FailureKind.NETWORK));

    /**
     * Sorts a failure by its code, and when the code is not known, by the words in it and in the reason.
     *
     * @param code one of ECR's, or anything
     */
    public static Failure classify(String code, String reason) {
        FailureKind known = CODES.get(code);
        if (known == FailureKind.CREDENTIALS && speaksOf(FailureKind.UPSTREAM_LIMIT, reason)) {
            known = FailureKind.UPSTREAM_LIMIT;
        }
        if (known != null) {
            return new Failure(known, code, reason);
        }
        for (Map.Entry<Pattern, FailureKind> entry : WORDS) {
            if (entry.getKey().matcher(code + " " + reason).find()) {
                return new Failure(entry.getValue(), code, reason);
            }
        }
        return new Failure(FailureKind.UNKNOWN, code, reason);
    }

    /**
     * The same of an upstream that needs no login: there is no secret that could be wrong, so the upstream refuses this image.
     */
    public Failure withoutLogin() {
        return kind == FailureKind.CREDENTIALS ? new Failure(FailureKind.DENIED, code, reason) : this;
    }

    private static boolean speaksOf(FailureKind kind, String text) {
        return WORDS.stream()
                .anyMatch(entry ->
                        entry.getValue() == kind && entry.getKey().matcher(text).find());
    }

    private static Map.Entry<Pattern, FailureKind> words(String regex, FailureKind kind) {
        return Map.entry(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), kind);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " (" + code + ": " + reason + ")";
    }
}
