package dev.larder.functions.registry;

import dev.larder.domain.upstream.FailureKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Sends a request and follows its redirects. */
final class Transport {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final SdkHttpClient client;

    Transport(SdkHttpClient client) {
        this.client = client;
    }

    /**
     * The answer that is no redirect. registry.k8s.io redirects every request for a manifest or a list to another host
     * (its cmd/archeio/docs/request-handling.md). The authorization goes to the first origin only, and never from https
     * to http.
     *
     * @param authorization the header's value
     */
    Answer send(Look look, SdkHttpMethod method, URI uri, Map<String, String> headers, Optional<String> authorization)
            throws LookFailedException {
        URI at = uri;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            boolean sameOrigin = Origin.of(at).equals(Origin.of(uri));
            Answer answer = exchange(look, request(method, at, headers, sameOrigin ? authorization : Optional.empty()));
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            at = target(look, at, answer);
        }
        throw look.failed(FailureKind.BAD_ANSWER, "Redirects", "it redirects more than " + MOST_REDIRECTS + " times");
    }

    private static SdkHttpRequest request(
            SdkHttpMethod method, URI uri, Map<String, String> headers, Optional<String> authorization) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(method).uri(uri).putHeader("User-Agent", "larder");
        headers.forEach(request::putHeader);
        authorization.ifPresent(value -> request.putHeader("Authorization", value));
        return request.build();
    }

    private Answer exchange(Look look, SdkHttpRequest request) throws LookFailedException {
        try {
            ExecutableHttpRequest call = client.prepareRequest(
                    HttpExecuteRequest.builder().request(request).build());
            look.waitsFor(call);
            return new Answer(request.getUri(), call.call());
        } catch (IOException e) {
            throw unanswered(look, request.getUri(), e);
        } catch (RuntimeException e) {
            // what the JDK's HttpURLConnection throws for headers that it cannot parse: WWW-Authenticate without a
            // value
            throw look.failed(
                    FailureKind.BAD_ANSWER,
                    "BadHttp",
                    "its answer cannot be read (" + Shown.text(e.getMessage()) + ")");
        }
    }

    /** What to throw when an answer did not come, or broke off. */
    static LookFailedException unanswered(Look look, URI uri, IOException e) {
        String server = uri.getAuthority();
        String found = switch (e) {
            case ConnectException refused -> "no connection to " + server;
            case SocketTimeoutException timeout -> server + " gave no answer in time";
            case UnknownHostException unknown -> "there is no host " + uri.getHost();
            case SSLException tls -> "no TLS with " + server + " (" + Shown.text(tls.getMessage()) + ")";
            default -> "the answer of " + server + " broke off or is no HTTP (" + Shown.text(e.getMessage()) + ")";
        };
        return look.failed(FailureKind.NETWORK, e.getClass().getSimpleName(), found + "; check that it is up");
    }

    private static URI target(Look look, URI from, Answer redirect) throws LookFailedException {
        String location = redirect.header("location").orElse("");
        redirect.close();
        try {
            URI to = from.resolve(location);
            Optional<Origin> origin = Origin.of(to);
            boolean downgrade = Origin.of(from).map(Origin::isSecure).orElse(true)
                    && !origin.map(Origin::isSecure).orElse(false);
            if (!location.isEmpty() && origin.isPresent() && !downgrade) {
                return to;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw look.failed(
                FailureKind.BAD_ANSWER,
                "Redirects",
                "it redirects to '" + Shown.text(location) + "', which is not to be followed from "
                        + from.getAuthority());
    }
}
