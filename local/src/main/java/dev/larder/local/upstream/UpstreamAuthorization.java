package dev.larder.local.upstream;

import dev.larder.functions.registry.Challenge;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@code Authorization} that one upstream wants for each repository, learned from its challenges: none, Basic, or a
 * Bearer token of the distribution project's token flow.
 */
final class UpstreamAuthorization {
    private final Optional<UpstreamCredentials> credentials;
    private final TokenEndpoint tokens;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    UpstreamAuthorization(Optional<UpstreamCredentials> credentials, TokenEndpoint tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    /** What worked before for the repository and has not run out. */
    Optional<String> header(String repository) {
        Known last = known.get(repository);
        return last == null || System.nanoTime() - last.until() >= 0 ? Optional.empty() : Optional.of(last.header());
    }

    /**
     * Answers the challenges of a 401; a Bearer challenge wins over Basic.
     *
     * @throws UpstreamException when there is nothing to answer them with
     */
    String answer(String action, String repository, HttpResponse<?> unauthorized) throws UpstreamException {
        List<Challenge> challenges = Challenge.parse(unauthorized.headers().allValues("www-authenticate"));
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                TokenEndpoint.Token token = tokens.issue(action, repository, challenge, credentials);
                return remember(repository, "Bearer " + token.value(), token.validNanos());
            }
        }
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("basic") && credentials.isPresent()) {
                return remember(repository, basic(credentials.get()), Long.MAX_VALUE / 2);
            }
        }
        throw UpstreamException.because(
                UpstreamFailure.ACCESS_DENIED,
                action,
                "the upstream answered 401 and asks for "
                        + (challenges.isEmpty()
                                ? "credentials in a way that is not understood here (no Bearer or Basic challenge)"
                                : "a user name and password; give the cache rule a secret with both"));
    }

    /** Forgets what no longer works. */
    void forget(String repository) {
        known.remove(repository);
    }

    boolean hasCredentials() {
        return credentials.isPresent();
    }

    static String basic(UpstreamCredentials credentials) {
        String pair = credentials.username() + ":" + credentials.accessToken();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String remember(String repository, String header, long validNanos) {
        known.put(repository, new Known(header, System.nanoTime() + validNanos));
        return header;
    }

    private record Known(String header, long until) {}
}
