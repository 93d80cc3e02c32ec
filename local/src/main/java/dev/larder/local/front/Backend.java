package dev.larder.local.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A real service behind the front, on a loopback port of its own. */
public final class Backend implements AwsService {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "host", "expect", "upgrade", "transfer-encoding", "date", "server");

    private final String name;
    private final String target;
    private final String authorization;
    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * @param name the service in a credential scope, for instance {@code sqs}
     * @param target what comes before the dot in {@code X-Amz-Target}
     */
    public Backend(String name, String target, String region, URI address) {
        this.name = name;
        this.target = target;
        this.authorization = "AWS4-HMAC-SHA256 Credential=larder/20260101/" + region + "/" + name
                + "/aws4_request, SignedHeaders=host, Signature=0";
        this.address = address;
    }

    /**
     * Calls the service for the cloud itself.
     *
     * @throws AwsException when it answers with an error
     */
    public ObjectNode call(String action, ObjectNode input) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("X-Amz-Target", target + "." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(input.toString()))
                .build();
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        ObjectNode answer = Json.read(response.body());
        if (response.statusCode() / 100 != 2) {
            String type = answer.path("__type").asText("InternalFailure");
            throw new AwsException(
                    response.statusCode(),
                    type.substring(type.lastIndexOf('#') + 1),
                    answer.path("message").asText(answer.path("Message").asText(response.body())));
        }
        return answer;
    }

    @Override
    public Reply handle(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address + call.path() + (call.query().isEmpty() ? "" : "?" + call.query())))
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach((header, value) -> {
            if (!OF_THE_CONNECTION.contains(header)) {
                request.header(header, value);
            }
        });
        if (call.header("authorization").isEmpty()) {
            request.header("authorization", authorization);
        }
        HttpResponse<byte[]> response = send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((header, values) -> {
            if (!OF_THE_CONNECTION.contains(header.toLowerCase(java.util.Locale.ROOT))) {
                headers.put(header, values.getFirst());
            }
        });
        return new Reply(response.statusCode(), headers, response.body());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new AwsException(
                    503, "ServiceUnavailable", name + " of the local cloud does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwsException(503, "ServiceUnavailable", "the call to " + name + " was interrupted");
        }
    }
}
