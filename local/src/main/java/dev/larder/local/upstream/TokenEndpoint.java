package dev.larder.local.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.functions.registry.Challenge;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The token server that a Bearer challenge points to (distribution project, token authentication specification). */
final class TokenEndpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BYTES = 1 << 20;
    /** The specification's default; some servers leave {@code expires_in} out. */
    private static final long DEFAULT_SECONDS = 60;

    private static final long MARGIN_SECONDS = 10;

    private final UpstreamTransport transport;
    private final URI registry;

    TokenEndpoint(UpstreamTransport transport, URI registry) {
        this.transport = transport;
        this.registry = registry;
    }

    /** @param validNanos how long it can be used from now on */
    record Token(String value, long validNanos) {}

    Token issue(String action, String repository, Challenge challenge, Optional<UpstreamCredentials> credentials)
            throws UpstreamException {
        URI realm = realm(action, challenge);
        StringBuilder query = new StringBuilder();
        challenge
                .parameter("service")
                .ifPresent(service ->
                        query.append("service=").append(encode(service)).append('&'));
        // a challenge to GET /v2/ has no scope, and some servers leave it out elsewhere: ask for what is needed
        String own = repository.isEmpty() ? "" : "repository:" + repository + ":pull";
        String scope = challenge.parameter("scope").orElse(own);
        if (!scope.isEmpty()) {
            query.append("scope=").append(encode(scope));
        }
        URI uri = URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
        String step = action + " (for which its token server " + realm.getHost() + " must give a token)";
        HttpResponse<InputStream> answer =
                transport.send(step, "GET", uri, credentials.map(UpstreamAuthorization::basic), Optional.empty());
        try (InputStream body =
                new UpstreamBody(step, answer.body(), transport.limits().stall())) {
            if (answer.statusCode() != 200) {
                throw UpstreamException.because(
                        answer.statusCode() == 404
                                ? UpstreamFailure.UNAVAILABLE
                                : UpstreamFailure.of(answer.statusCode()),
                        action,
                        "the upstream's token server " + realm.getHost() + " answered " + answer.statusCode()
                                + (credentials.isPresent()
                                        ? "; check the user name and access token in the cache rule's secret"
                                        : "; it may want credentials: give the cache rule a secret"));
            }
            return token(step, JSON.readTree(body.readNBytes(MAX_BYTES)));
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw new UpstreamException(
                    UpstreamFailure.UNAVAILABLE,
                    "could not " + step + ": its answer is not JSON; check the registry's URL",
                    e);
        }
    }

    /** Docker Hub sends both names, others one of them. */
    private static Token token(String step, JsonNode answer) throws UpstreamException {
        String token = answer.path("token").asText(answer.path("access_token").asText(""));
        if (token.isEmpty()) {
            throw UpstreamException.because(
                    UpstreamFailure.UNAVAILABLE, step, "its answer has neither 'token' nor 'access_token'");
        }
        long seconds = answer.path("expires_in").asLong(DEFAULT_SECONDS);
        return new Token(token, TimeUnit.SECONDS.toNanos(Math.max(0, seconds - MARGIN_SECONDS)));
    }

    private URI realm(String action, Challenge challenge) throws UpstreamException {
        String text = challenge.parameter("realm").orElse("");
        try {
            URI realm = URI.create(text);
            boolean plain = "http".equals(realm.getScheme());
            boolean secure = "https".equals(realm.getScheme());
            if (realm.getHost() != null && (secure || (plain && "http".equals(registry.getScheme())))) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw UpstreamException.because(
                UpstreamFailure.UNAVAILABLE,
                action,
                "the upstream sends its clients to the token server '" + text
                        + "', which is no URL that credentials may go to; expected https");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
