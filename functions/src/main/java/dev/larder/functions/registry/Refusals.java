package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What it means when a registry answers with something else than what was asked for. */
final class Refusals {
    private static final int MOST_BYTES = 16 << 10;

    private Refusals() {}

    /** The failure that a status other than success is. */
    static LookFailedException of(Look look, Answer answer, boolean withLogin) {
        int status = answer.status();
        String found = "it answered " + status + detail(answer);
        return switch (status) {
            case 401 -> unauthorized(look, answer, found, withLogin);
            case 403 -> look.failed(FailureKind.DENIED, "Http403", found);
            case 404 -> look.failed(FailureKind.NOT_FOUND, "Http404", found);
            case 429 -> look.failed(FailureKind.UPSTREAM_LIMIT, "Http429", found + wait(answer));
            default ->
                status >= 500 && status != 501
                        ? look.failed(FailureKind.UPSTREAM_UNAVAILABLE, "Http" + status, found)
                        : look.failed(FailureKind.BAD_ANSWER, "Http" + status, found);
        };
    }

    /** After a token was given, 401 means that it is not enough: Docker Hub says so of repositories that do not exist. */
    private static LookFailedException unauthorized(Look look, Answer answer, String found, boolean withLogin) {
        boolean basic = Challenge.parse(answer.headers("www-authenticate")).stream()
                .noneMatch(challenge -> challenge.scheme().equals("bearer"));
        if (withLogin && basic) {
            return look.failed(
                    FailureKind.CREDENTIALS,
                    "LoginRefused",
                    found + "; check the user name and the access token in the upstream's secret");
        }
        return look.failed(
                FailureKind.DENIED,
                withLogin ? "Http401" : "LoginRequired",
                found
                        + (withLogin
                                ? "; it is not there, or the upstream's user may not read it"
                                : "; it is not there, or wants a login: give the upstream credentials"));
    }

    static String wait(Answer answer) {
        return answer.header("retry-after")
                .map(after -> "; it says to wait " + Shown.text(after) + (after.matches("\\d+") ? " s" : ""))
                .orElse("");
    }

    /** The first error of the specification's {@code {"errors":[{"code":...,"message":...}]}}, if that is what it sent. */
    static String detail(Answer answer) {
        try {
            Map<String, Object> body = JsonFields.read(answer.body(MOST_BYTES).readAllBytes());
            if (body.get("errors") instanceof List<?> errors
                    && !errors.isEmpty()
                    && errors.getFirst() instanceof Map<?, ?> error) {
                return " (" + Shown.text(error.get("code") + ": " + error.get("message")) + ")";
            }
        } catch (IOException | IllegalArgumentException e) {
            // the status says enough
        }
        return "";
    }
}
