package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@code Authorization} that each upstream wants for each repository, learned from its challenges: none, Basic, or a
 * Bearer token, which is kept until it expires. What one repository's challenge was tells the next one's, so that asking
 * for it costs no request.
 */
final class Authorizations {
    private static final int MOST_KEPT = 2_000;

    private final UpstreamCredentials credentials;
    private final TokenServer tokens;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<String, Learned> learned = new ConcurrentHashMap<>();

    private record Kept(String header, Instant until) {}

    /** @param repository the one that the challenge was for */
    private record Learned(Challenge challenge, String repository) {
        /** Scopes name the repository, {@code repository:library/nginx:pull}, or are one for all, as those of ECR Public. */
        Challenge forRepository(String other) {
            Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            parameters.putAll(challenge.parameters());
            parameters.computeIfPresent(
                    "scope",
                    (name, scope) -> scope.replace("repository:" + repository + ":", "repository:" + other + ":"));
            return new Challenge(challenge.scheme(), parameters);
        }
    }

    Authorizations(UpstreamCredentials credentials, TokenServer tokens, InstantSource clock) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What is wanted as far as it is known; empty before the first challenge. */
    Optional<String> header(Look look, UpstreamAddress address) throws LookFailedException {
        Kept last = kept.get(key(address));
        if (last != null && clock.instant().isBefore(last.until())) {
            return Optional.of(last.header());
        }
        Learned challenge = learned.get(address.upstream().prefix());
        if (challenge == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(answer(look, address, challenge.forRepository(address.repository())));
        } catch (LookFailedException e) {
            // it may not want the same any more: the next look asks without
            learned.remove(address.upstream().prefix());
            throw e;
        }
    }

    /**
     * Answers the challenges of a 401; a Bearer challenge wins over Basic.
     *
     * @throws LookFailedException when there is nothing to answer them with
     */
    String answer(Look look, UpstreamAddress address, Answer unauthorized) throws LookFailedException {
        List<Challenge> challenges = Challenge.parse(unauthorized.headers("www-authenticate"));
        Optional<Challenge> chosen = challenges.stream()
                .filter(challenge -> challenge.scheme().equals("bearer"))
                .findFirst()
                .or(() -> challenges.stream()
                        .filter(challenge -> challenge.scheme().equals("basic"))
                        .findFirst());
        if (chosen.isEmpty()) {
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "BadChallenge",
                    "it answered 401 and asks for a login in a way that is not understood (no Bearer, no Basic)");
        }
        String header = answer(look, address, chosen.get());
        learned.put(address.upstream().prefix(), new Learned(chosen.get(), address.repository()));
        return header;
    }

    private String answer(Look look, UpstreamAddress address, Challenge challenge) throws LookFailedException {
        Optional<Login> login = login(look, address);
        if (challenge.scheme().equals("bearer")) {
            TokenServer.Token token = tokens.issue(look, address, challenge, login);
            return keep(address, "Bearer " + token.value(), token.valid());
        }
        return keep(
                address,
                basic(login.orElseThrow(() -> look.failed(
                        FailureKind.DENIED,
                        "LoginRequired",
                        "it answered 401 and wants a user name and a password; give the upstream credentials"))),
                Duration.ofMinutes(5));
    }

    private Optional<Login> login(Look look, UpstreamAddress address) throws LookFailedException {
        try {
            return credentials.of(address.upstream());
        } catch (CredentialsException e) {
            throw look.failed(
                    e.failure().kind(), e.failure().code(), e.failure().reason());
        }
    }

    private String keep(UpstreamAddress address, String header, Duration valid) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(key(address), new Kept(header, clock.instant().plus(valid)));
        return header;
    }

    /** Forgets what is no longer taken. */
    void forget(UpstreamAddress address) {
        kept.remove(key(address));
    }

    /** Whether the upstream is asked as a user of it. */
    boolean withLogin(UpstreamAddress address) {
        return address.upstream().credentials().isPresent();
    }

    private static String key(UpstreamAddress address) {
        return address.upstream().prefix() + " " + address.repository();
    }

    static String basic(Login login) {
        String pair = login.username() + ":" + login.accessToken();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
