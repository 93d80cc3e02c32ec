package dev.larder.local.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.larder.domain.upstream.RateLimitHeaders;
import dev.larder.domain.upstream.ReportedLimit;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What every endpoint of an upstream's {@code /v2/} shares: where it is, authorization, and the reading of refusals. */
final class UpstreamEndpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ERROR_BYTES = 8 << 10;

    private final URI base;
    private final UpstreamTransport transport;
    private final UpstreamAuthorization authorization;
    private final AtomicReference<Optional<ReportedLimit>> rateLimit = new AtomicReference<>(Optional.empty());

    UpstreamEndpoint(URI base, Optional<UpstreamCredentials> credentials, UpstreamTransport transport) {
        this.base = base;
        this.transport = transport;
        this.authorization = new UpstreamAuthorization(credentials, new TokenEndpoint(transport, base));
    }

    /** {@code quay.io} is {@code https://quay.io}; a URL stays what it is, without a slash at its end. */
    static URI base(String url) throws UpstreamException {
        String text = url.contains("://") ? url : "https://" + url;
        try {
            URI base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
            if (base.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw UpstreamException.because(
                UpstreamFailure.UNAVAILABLE,
                "reach the upstream",
                "its URL '" + url + "' is none; expected a host such as quay.io, or http://host:port");
    }

    URI base() {
        return base;
    }

    UpstreamLimits limits() {
        return transport.limits();
    }

    Optional<ReportedLimit> rateLimit() {
        return rateLimit.get();
    }

    /** Asks for {@code /v2/<repository>/<rest>}, with authorization once the upstream has asked for it. */
    HttpResponse<InputStream> send(
            String action, String method, String repository, String rest, Optional<String> accept)
            throws UpstreamException {
        return send(action, method, repository, URI.create(base + "/v2/" + repository + "/" + rest), accept);
    }

    /** Asks for {@code /v2/} itself. */
    void probe() throws UpstreamException {
        String action = "reach the registry " + base;
        HttpResponse<InputStream> answer = send(action, "GET", "", URI.create(base + "/v2/"), Optional.empty());
        if (answer.statusCode() != 200) {
            throw refusal(action, answer);
        }
        UpstreamTransport.discard(answer);
    }

    private HttpResponse<InputStream> send(
            String action, String method, String repository, URI uri, Optional<String> accept)
            throws UpstreamException {
        Optional<String> known = authorization.header(repository);
        HttpResponse<InputStream> answer = transport.send(action, method, uri, known, accept);
        if (answer.statusCode() == 401) {
            UpstreamTransport.discard(answer);
            authorization.forget(repository);
            String header = authorization.answer(action, repository, answer);
            answer = transport.send(action, method, uri, Optional.of(header), accept);
        }
        RateLimitHeaders told = RateLimitHeaders.read(
                answer.headers().allValues("ratelimit-limit"), answer.headers().allValues("ratelimit-remaining"));
        if (told instanceof RateLimitHeaders.Reported(ReportedLimit limit)) {
            rateLimit.set(Optional.of(limit));
        }
        return answer;
    }

    /** The refusal that a status other than success is. Reads and closes the body. */
    UpstreamException refusal(String action, HttpResponse<InputStream> answer) {
        int status = answer.statusCode();
        UpstreamFailure failure = UpstreamFailure.of(status);
        String advice = switch (failure) {
            case NOT_FOUND -> "check the image's name there";
            case ACCESS_DENIED ->
                authorization.hasCredentials()
                        ? "check the user name and access token in the cache rule's secret, and what they may read"
                        : "it may want credentials: give the cache rule a secret";
            case TOO_MANY_REQUESTS ->
                "wait" + wait(answer) + ", or give the cache rule credentials with a higher limit";
            case UNAVAILABLE -> "pull again later";
        };
        return UpstreamException.because(
                failure, action, "the upstream answered " + status + detail(action, answer) + "; " + advice);
    }

    private String wait(HttpResponse<?> answer) {
        Optional<String> after = answer.headers().firstValue("retry-after");
        if (after.isPresent()) {
            return " " + after.get() + " s";
        }
        return rateLimit()
                .map(limit -> " (" + limit.remaining() + " of " + limit.limit() + " pulls are left in "
                        + limit.window().toHours() + " h)")
                .orElse("");
    }

    /** The first error of the distribution specification's {@code {"errors":[{"code":...,"message":...}]}}. */
    private String detail(String action, HttpResponse<InputStream> answer) {
        try (InputStream body = new UpstreamBody(action, answer.body(), limits().stall())) {
            JsonNode error =
                    JSON.readTree(body.readNBytes(ERROR_BYTES)).path("errors").path(0);
            String text =
                    error.path("code").asText("") + " " + error.path("message").asText("");
            return text.isBlank() ? "" : " (" + text.strip() + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
