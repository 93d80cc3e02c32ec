package dev.larder.functions.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.domain.upstream.TagListing;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.MovableClock;
import dev.larder.functions.registry.ScriptedRegistry.Reply;
import dev.larder.functions.registry.ScriptedRegistry.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class LoginTest {
    private static final Tagged NGINX = (Tagged) ImageReference.parse("mirror/library/nginx:1.27");
    private static final Tagged REDIS = (Tagged) ImageReference.parse("mirror/library/redis:8");
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Login LOGIN = new Login("larder", "s3cret");
    private static final String BASIC = "Basic bGFyZGVyOnMzY3JldA==";

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final ScriptedRegistry tokens = new ScriptedRegistry();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final UpstreamRegistries anonymous = Looks.client(upstream -> Optional.empty(), clock, Looks.LOOK);
    private final UpstreamRegistries known = Looks.client(upstream -> Optional.of(LOGIN), clock, Looks.LOOK);

    /** As the token server gives them: for each repository its own. */
    private volatile int generation = 1;

    LoginTest() {
        tokens.script(request -> {
            String repository =
                    request.target().replaceFirst(".*repository%3A", "").replaceFirst("%3Apull.*", "");
            return Reply.of(
                    200, "{\"token\":\"" + repository.replace("%2F", "-") + generation + "\",\"expires_in\":300}");
        });
        registry.script(this::bearer);
    }

    @AfterEach
    void close() {
        registry.close();
        tokens.close();
    }

    private Reply bearer(Request request) {
        String repository = request.path().replaceFirst("/v2/", "").replaceFirst("/(manifests|tags)/.*", "");
        String token = "Bearer " + repository.replace('/', '-') + generation;
        return request.header("authorization").equals(Optional.of(token))
                ? Reply.of(200, "", "Docker-Content-Digest", DIGEST.value())
                : Reply.of(
                        401,
                        "",
                        "WWW-Authenticate",
                        "Bearer realm=\"" + tokens.url() + "/token\",service=\"registry.docker.io\",scope=\"repository:"
                                + repository + ":pull\"");
    }

    private Upstream withSecret() {
        return new Upstream(
                "mirror",
                Registry.CUSTOM,
                registry.url(),
                Optional.of("ecr-pullthroughcache/mirror"),
                List.of(),
                Optional.empty());
    }

    @Test
    void anAnonymousTokenIsFetchedOnceAndKeptUntilItExpires() {
        Looked<Digest> first = anonymous.digest(registry.upstream(), NGINX);
        assertEquals(DIGEST, Looks.found(first));
        assertEquals(2, first.requests(), "the challenge and the answer; the token is not counted");
        assertEquals(1, anonymous.digest(registry.upstream(), NGINX).requests());
        assertEquals(
                List.of("GET /token?service=registry.docker.io&scope=repository%3Alibrary%2Fnginx%3Apull"),
                tokens.lines());
        assertEquals(Optional.empty(), tokens.requests().getFirst().header("authorization"));
        clock.advance(Duration.ofSeconds(291));
        assertEquals(1, anonymous.digest(registry.upstream(), NGINX).requests());
        assertEquals(2, tokens.requests().size());
    }

    @Test
    void theTokenOfAnotherRepositoryIsFetchedWithoutBeingTold() {
        anonymous.digest(registry.upstream(), NGINX);
        Looked<Digest> second = anonymous.digest(registry.upstream(), REDIS);
        assertEquals(DIGEST, Looks.found(second));
        assertEquals(1, second.requests());
    }

    @Test
    void aTokenThatIsNoLongerTakenIsReplacedOnce() {
        anonymous.digest(registry.upstream(), NGINX);
        generation = 2;
        Looked<Digest> looked = anonymous.digest(registry.upstream(), NGINX);
        assertEquals(DIGEST, Looks.found(looked));
        assertEquals(2, looked.requests());
    }

    @Test
    void aTokenThatIsNeverTakenIsTriedOnce() {
        tokens.script(request -> Reply.of(200, "{\"access_token\":\"wrong\"}"));
        Looked<Digest> looked = anonymous.digest(registry.upstream(), NGINX);
        Failure failure = Looks.refused(FailureKind.DENIED, "LoginRequired", looked);
        assertTrue(failure.reason().contains("give the upstream credentials"), failure.reason());
        assertEquals(2, looked.requests());
        Looks.refused(FailureKind.DENIED, "Http401", known.digest(withSecret(), NGINX));
    }

    @Test
    void theLoginGoesToTheTokenServerAndTheTokenToTheRegistry() {
        assertEquals(DIGEST, Looks.found(known.digest(withSecret(), NGINX)));
        assertEquals(Optional.of(BASIC), tokens.requests().getFirst().header("authorization"));
        assertEquals(
                List.of(Optional.empty(), Optional.of("Bearer library-nginx1")),
                registry.requests().stream()
                        .map(request -> request.header("authorization"))
                        .toList());
    }

    @Test
    void aRegistryThatWantsBasicGetsItFromTheSecondRequestOn() {
        registry.script(request -> request.header("authorization").equals(Optional.of(BASIC))
                ? Reply.of(200, "", "Docker-Content-Digest", DIGEST.value())
                : Reply.of(401, "", "WWW-Authenticate", "Basic realm=\"here\""));
        assertEquals(2, known.digest(withSecret(), NGINX).requests());
        assertEquals(1, known.digest(withSecret(), REDIS).requests());
        Looks.refused(FailureKind.DENIED, "LoginRequired", anonymous.digest(registry.upstream(), NGINX));
    }

    @Test
    void aPasswordThatIsRefusedIsNotTheImagesFault() {
        registry.script(request -> Reply.of(401, "", "WWW-Authenticate", "Basic realm=\"here\""));
        Failure failure = Looks.refused(FailureKind.CREDENTIALS, "LoginRefused", known.digest(withSecret(), NGINX));
        assertTrue(!failure.toString().contains(LOGIN.accessToken()), "the password is never shown");
    }

    @ParameterizedTest
    @CsvSource({
        "401, CREDENTIALS, LoginRefused",
        "403, DENIED, Http403",
        "404, UPSTREAM_UNAVAILABLE, Http404",
        "429, UPSTREAM_LIMIT, Http429",
        "503, UPSTREAM_UNAVAILABLE, Http503"
    })
    void everyRefusalOfTheTokenServerHasItsKind(int status, FailureKind kind, String code) {
        tokens.script(request -> Reply.of(status, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}"));
        Failure failure = Looks.refused(kind, code, known.digest(withSecret(), NGINX));
        assertTrue(
                failure.reason().contains("its token server 127.0.0.1 answered " + status + " (DENIED: no)"),
                failure.reason());
    }

    @Test
    void aTokenServerThatWantsALoginWeLackIsTheImagesMatter() {
        tokens.script(request -> Reply.of(401, ""));
        Looks.refused(FailureKind.DENIED, "LoginRequired", anonymous.digest(registry.upstream(), NGINX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html></html>",
                "{}",
                "{\"token\":7}",
                "{\"token\":\"\"}",
                "{\"token\":\"a\\r\\nX-Evil: 1\"}",
                "[\"token\"]",
                ""
            })
    void anAnswerWithoutATokenIsOfNoUse(String answer) {
        tokens.script(request -> Reply.of(200, answer));
        Looks.refused(FailureKind.BAD_ANSWER, "BadToken", anonymous.digest(registry.upstream(), NGINX));
    }

    @Test
    void aTokenThatIsSaidToLastForEverIsKeptForAnHour() {
        tokens.script(request -> Reply.of(200, "{\"token\":\"library-nginx1\",\"expires_in\":99999999999999}"));
        anonymous.digest(registry.upstream(), NGINX);
        clock.advance(Duration.ofMinutes(61));
        anonymous.digest(registry.upstream(), NGINX);
        assertEquals(2, tokens.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Negotiate", "Bearer", "Digest realm=\"x\", nonce=\"y\""})
    void aChallengeThatIsNotUnderstoodIsNamed(String challenge) {
        registry.script(request -> Reply.of(401, "", "WWW-Authenticate", challenge));
        Looks.refused(FailureKind.BAD_ANSWER, "BadChallenge", known.digest(withSecret(), NGINX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:1/token", "ftp://a/token", "token", "", "https://u:p@a/token", "https://["})
    void aPasswordGoesToNoTokenServerInTheOpen(String realm) {
        TokenServer server = new TokenServer(new Transport(UrlConnectionHttpClient.create()));
        UpstreamAddress address = new UpstreamAddress(registry.upstream(), URI.create("https://registry.example"), "a");
        LookFailedException failed = assertThrows(
                LookFailedException.class,
                () -> server.issue(
                        new Look("look"),
                        address,
                        new Challenge("bearer", Map.of("realm", realm)),
                        Optional.of(LOGIN)));
        assertEquals("BadChallenge", failed.failure().code());
    }

    @Test
    void anAuthorizationIsNeverSentToAnotherServer() {
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            registry.script(request -> request.header("authorization").isEmpty()
                    ? bearer(request)
                    : Reply.of(307, "", "Location", other.url() + request.target()));
            other.script(request -> Reply.of(200, "{\"tags\":[]}", "Docker-Content-Digest", DIGEST.value()));
            Looks.found(known.digest(withSecret(), NGINX));
            Looks.found(known.tags(
                    withSecret(), new RepositoryName("mirror/library/nginx"), TagListing.of(Optional.empty())));
            assertEquals(2, other.requests().size());
            other.requests().forEach(request -> assertEquals(Optional.empty(), request.header("authorization")));
        }
    }

    @Test
    void anotherServersChallengeIsNotAnswered() {
        try (ScriptedRegistry other = new ScriptedRegistry()) {
            registry.script(request -> Reply.of(307, "", "Location", other.url() + request.target()));
            other.script(request -> Reply.of(401, "", "WWW-Authenticate", "Basic realm=\"give it to me\""));
            assertTrue(known.digest(withSecret(), NGINX) instanceof Looked.Refused<Digest>);
            assertEquals(1, other.requests().size());
            assertEquals(List.of(), tokens.requests());
        }
    }

    @Test
    void aSecretThatCannotBeReadIsSaidSo() {
        UpstreamCredentials broken = upstream -> {
            throw new CredentialsException(
                    new Failure(FailureKind.CREDENTIALS, "SecretNotFoundException", "there is no secret"));
        };
        Looks.refused(
                FailureKind.CREDENTIALS,
                "SecretNotFoundException",
                Looks.client(broken, clock, Looks.LOOK).digest(withSecret(), NGINX));
    }

    @Test
    void anUpstreamThatChangesItsTokenServerIsAskedAnew() {
        anonymous.digest(registry.upstream(), NGINX);
        tokens.script(request -> Reply.of(404, ""));
        Looks.refused(FailureKind.UPSTREAM_UNAVAILABLE, "Http404", anonymous.digest(registry.upstream(), REDIS));
        registry.script(request -> Reply.of(200, "", "Docker-Content-Digest", DIGEST.value()));
        assertEquals(DIGEST, Looks.found(anonymous.digest(registry.upstream(), REDIS)));
    }
}
