package dev.larder.local.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Sends one request to an upstream and follows its redirects. */
final class UpstreamTransport {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 5;

    private final HttpClient client;
    private final UpstreamLimits limits;

    UpstreamTransport(UpstreamLimits limits) {
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    UpstreamLimits limits() {
        return limits;
    }

    /**
     * The answer that is no redirect. The authorization goes to the first host only: registries redirect blobs to
     * storage with signed URLs (Docker Hub to Cloudflare, quay.io and ghcr.io to S3 and Azure), which refuse a request
     * that carries a second authorization, and which have no business with it.
     */
    HttpResponse<InputStream> send(
            String action, String method, URI uri, Optional<String> authorization, Optional<String> accept)
            throws UpstreamException {
        URI at = uri;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .timeout(limits.answer())
                    .header("User-Agent", "larder-local");
            accept.ifPresent(types -> request.header("Accept", types));
            if (sameOrigin(uri, at)) {
                authorization.ifPresent(value -> request.header("Authorization", value));
            }
            HttpResponse<InputStream> answer = exchange(action, request.build());
            if (!REDIRECTS.contains(answer.statusCode())) {
                return answer;
            }
            discard(answer);
            at = target(action, at, answer);
        }
        throw UpstreamException.because(
                UpstreamFailure.UNAVAILABLE, action, "the upstream redirects more than " + MAX_REDIRECTS + " times");
    }

    /** Lets the connection go; the body, if any, is of no interest. */
    static void discard(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException e) {
            // nothing was wanted from it
        }
    }

    private HttpResponse<InputStream> exchange(String action, HttpRequest request) throws UpstreamException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamFailure.UNAVAILABLE, "could not " + action + ": it was called off", e);
        } catch (IOException e) {
            throw new UpstreamException(
                    UpstreamFailure.UNAVAILABLE, "could not " + action + ": " + finding(request.uri(), e), e);
        }
    }

    private String finding(URI uri, IOException e) {
        return switch (e) {
            case HttpTimeoutException timeout ->
                uri.getAuthority() + " gave no answer within " + limits.answer().toSeconds()
                        + " s; check that the upstream is up, or pull again later";
            case ConnectException refused ->
                "no connection to " + uri.getAuthority() + "; check that the upstream is up and its URL is right";
            case SSLException tls ->
                "no TLS with " + uri.getAuthority() + " (" + tls.getMessage()
                        + "); for a registry without TLS write http:// in its URL";
            default ->
                "the answer of " + uri.getAuthority() + " is no HTTP or broke off (" + e.getMessage()
                        + "); check that its URL is that of a registry";
        };
    }

    private static URI target(String action, URI from, HttpResponse<?> answer) throws UpstreamException {
        String location = answer.headers().firstValue("location").orElse("");
        try {
            URI to = from.resolve(location);
            boolean downgrade = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
            if (!location.isEmpty() && to.getHost() != null && !downgrade) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw UpstreamException.because(
                UpstreamFailure.UNAVAILABLE,
                action,
                "the upstream redirects to '" + location + "', which is no URL to follow from " + from.getAuthority());
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }
}
