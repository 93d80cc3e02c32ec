package dev.larder.domain.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource({
        "ImageNotFound,                     Requested image not found,                       NOT_FOUND",
        "UpstreamTooManyRequests,           -,                                               UPSTREAM_LIMIT",
        "UpstreamAccessDenied,              -,                                               DENIED",
        "UpstreamUnavailable,               -,                                               UPSTREAM_UNAVAILABLE",
        "UnableToGetUpstreamImageException, the secret could not be read,                    CREDENTIALS",
        "UnableToGetUpstreamImageException, upstream said 429 Too Many Requests,             UPSTREAM_LIMIT",
        "ThrottlingException,               Rate exceeded,                                   ECR_THROTTLING",
        "LimitExceededException,            too many repositories,                           ECR_QUOTA",
        "RepositoryNotFoundException,       it does not exist,                               INCOMPLETE",
        "ServiceUnavailable,                try again,                                       ECR_UNAVAILABLE",
        "RequestLimitExceeded,              -,                                               ECR_THROTTLING",
        "SomethingNew,                      layer exceeds the maximum size,                  TOO_LARGE",
        "SomethingNew,                      requested access to the resource is denied,      DENIED",
        "SomethingNew,                      manifest unknown,                                NOT_FOUND",
        "AccessDeniedException,             not authorized to perform ecr:CreateRepository,  ACCESS",
        "SomethingNew,                      toomanyrequests: You have reached your limit,    UPSTREAM_LIMIT",
        "SomethingNew,                      unauthorized: authentication required,           DENIED",
        "SomethingNew,                      team/secret-store: access is denied,             DENIED",
        "SomethingNew,                      502 Bad Gateway,                                 UPSTREAM_UNAVAILABLE",
        "SomethingNew,                      Read timed out,                                  NETWORK",
        "SomethingNew,                      a surprise,                                      UNKNOWN",
    })
    void aFailureIsSortedByItsCodeOrElseByItsWords(String code, String reason, FailureKind kind) {
        assertEquals(kind, Failure.classify(code, reason).kind());
    }

    @Test
    void anUpstreamThatNeedsNoLoginRefusesTheImage() {
        Failure refused = Failure.classify("UnableToGetUpstreamImageException", "could not be pulled");
        assertEquals(FailureKind.DENIED, refused.withoutLogin().kind());
        Failure limit = Failure.classify("UpstreamTooManyRequests", "slow down");
        assertEquals(limit, limit.withoutLogin());
    }

    @Property
    void anyFailureHasAKindAndKeepsItsWords(@ForAll String code, @ForAll String reason) {
        Failure failure = Failure.classify(code, reason);
        assertEquals(code, failure.code());
        assertEquals(reason, failure.reason());
    }
}
