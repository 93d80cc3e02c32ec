package dev.larder.functions.registry;

import com.fasterxml.jackson.core.JacksonException;
import dev.larder.domain.upstream.FailureKind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;

/** The token server that a Bearer challenge names (distribution project, token authentication specification). */
final class TokenServer {
    private static final int MOST_BYTES = 1 << 20;

    /** The specification's default; quay.io for one leaves {@code expires_in} out. */
    private static final long DEFAULT_SECONDS = 60;

    private static final long MOST_SECONDS = 3_600;
    private static final long MARGIN_SECONDS = 10;

    /** A header can hold it. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,32768}");

    private final Transport transport;

    TokenServer(Transport transport) {
        this.transport = transport;
    }

    /** @param valid for how long it can be used from now on */
    record Token(String value, Duration valid) {}

    /** A token for the challenge, for the upstream's user or for nobody. */
    Token issue(Look look, UpstreamAddress address, Challenge challenge, Optional<Login> login)
            throws LookFailedException {
        URI realm = realm(look, address, challenge);
        try (Answer answer = transport.send(
                look,
                SdkHttpMethod.GET,
                URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query(address, challenge)),
                Map.of("Accept", "application/json"),
                login.map(Authorizations::basic))) {
            look.answered(answer);
            if (answer.status() != 200) {
                throw refusal(look, realm, answer, login.isPresent());
            }
            return token(look, realm, answer);
        }
    }

    private static String query(UpstreamAddress address, Challenge challenge) {
        // some servers leave the scope out: then ask for what is needed
        String scope = challenge.parameter("scope").orElse("repository:" + address.repository() + ":pull");
        return challenge
                        .parameter("service")
                        .map(service -> "service=" + encode(service) + "&")
                        .orElse("")
                + "scope=" + encode(scope);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static URI realm(Look look, UpstreamAddress address, Challenge challenge) throws LookFailedException {
        String text = challenge.parameter("realm").orElse("");
        try {
            URI realm = URI.create(text);
            boolean plainRegistry = "http".equals(address.base().getScheme());
            if (Origin.of(realm)
                    .filter(origin -> origin.isSecure() || plainRegistry)
                    .isPresent()) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw look.failed(
                FailureKind.BAD_ANSWER,
                "BadChallenge",
                "it sends its clients to the token server '" + Shown.text(text)
                        + "', which is no URL that a password may go to; expected https");
    }

    private static LookFailedException refusal(Look look, URI realm, Answer answer, boolean withLogin) {
        String found = "its token server " + realm.getHost() + " answered " + answer.status() + Refusals.detail(answer);
        return switch (answer.status()) {
            case 401 ->
                withLogin
                        ? look.failed(
                                FailureKind.CREDENTIALS,
                                "LoginRefused",
                                found + "; check the user name and the access token in the upstream's secret")
                        : look.failed(
                                FailureKind.DENIED,
                                "LoginRequired",
                                found + "; it wants a login: give the upstream credentials");
            // ghcr.io says so of repositories that do not exist
            case 403 -> look.failed(FailureKind.DENIED, "Http403", found);
            case 429 -> look.failed(FailureKind.UPSTREAM_LIMIT, "Http429", found + Refusals.wait(answer));
            default -> look.failed(FailureKind.UPSTREAM_UNAVAILABLE, "Http" + answer.status(), found);
        };
    }

    /** Docker Hub sends both names, others one of them. */
    private static Token token(Look look, URI realm, Answer answer) throws LookFailedException {
        String found;
        try {
            Map<String, Object> fields = JsonFields.read(answer.body(MOST_BYTES).readAllBytes());
            Object value = fields.get("token") == null ? fields.get("access_token") : fields.get("token");
            if (value instanceof String token && TOKEN.matcher(token).matches()) {
                long seconds = fields.get("expires_in") instanceof Number number ? number.longValue() : DEFAULT_SECONDS;
                return new Token(token, Duration.ofSeconds(Math.clamp(seconds - MARGIN_SECONDS, 0, MOST_SECONDS)));
            }
            found = "it has no token";
        } catch (JacksonException | Answer.OversizeException | IllegalArgumentException e) {
            found = "it is not JSON of a sensible size";
        } catch (IOException e) {
            throw Transport.unanswered(look, realm, e);
        }
        throw look.failed(
                FailureKind.BAD_ANSWER,
                "BadToken",
                "the answer of its token server " + realm.getHost() + " is of no use: " + found);
    }
}
