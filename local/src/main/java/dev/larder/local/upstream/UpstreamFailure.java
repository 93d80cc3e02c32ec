package dev.larder.local.upstream;

/** How an upstream failed, each with the {@code ImageFailureCode} that ECR's {@code BatchGetImage} reports for it. */
public enum UpstreamFailure {
    /** The upstream has no such image (404). */
    NOT_FOUND("ImageNotFound"),
    /** The upstream wants other credentials, or none will do (401, 403). */
    ACCESS_DENIED("UpstreamAccessDenied"),
    /** The upstream's rate limit is used up (429). */
    TOO_MANY_REQUESTS("UpstreamTooManyRequests"),
    /** Everything else: 5xx, no answer, no connection, an answer that is garbage, cut off or not what its digest says. */
    UNAVAILABLE("UpstreamUnavailable");

    private final String failureCode;

    UpstreamFailure(String failureCode) {
        this.failureCode = failureCode;
    }

    /** ECR's {@code ImageFailureCode}. */
    public String failureCode() {
        return failureCode;
    }

    /** What an HTTP status that is no success means. */
    static UpstreamFailure of(int status) {
        return switch (status) {
            case 401, 403 -> ACCESS_DENIED;
            case 404 -> NOT_FOUND;
            case 429 -> TOO_MANY_REQUESTS;
            default -> UNAVAILABLE;
        };
    }
}
