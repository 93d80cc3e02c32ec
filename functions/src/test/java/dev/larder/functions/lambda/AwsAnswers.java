package dev.larder.functions.lambda;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An AWS endpoint that has an empty table, one image, no repositories, and takes every message and event. */
final class AwsAnswers implements AutoCloseable {
    private static final String LAYER = "sha256:" + "a".repeat(64);
    private static final String MANIFEST = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":10,"digest":"%s"},
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":100,"digest":"%s"}]}
            """.formatted(LAYER, LAYER);

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<String> calls = new CopyOnWriteArrayList<>();

    AwsAnswers() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    /** For {@code AWS_ENDPOINT_URL}. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The actions that were called, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String action = target.substring(target.indexOf('.') + 1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(action);
        byte[] reply = JSON.std.asBytes(reply(action, JSON.std.mapFrom(body)));
        exchange.getResponseHeaders()
                .add("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    private static Map<String, Object> reply(String action, Map<String, Object> request) {
        return switch (action) {
            case "Query" -> Map.of("Items", List.of(), "Count", 0, "ScannedCount", 0);
            case "BatchWriteItem" -> Map.of("UnprocessedItems", Map.of());
            case "SendMessageBatch" ->
                Map.of(
                        "Successful",
                        list(request.get("Entries")).stream()
                                .map(AwsAnswers::sent)
                                .toList(),
                        "Failed",
                        List.of());
            case "PutEvents" -> Map.of("FailedEntryCount", 0, "Entries", List.of(Map.of("EventId", "1")));
            case "BatchGetImage" ->
                Map.of(
                        "images",
                        List.of(Map.of(
                                "repositoryName",
                                String.valueOf(request.get("repositoryName")),
                                "imageId",
                                Map.of("imageDigest", "sha256:" + "b".repeat(64), "imageTag", "1.27"),
                                "imageManifest",
                                MANIFEST,
                                "imageManifestMediaType",
                                "application/vnd.oci.image.manifest.v1+json")),
                        "failures",
                        List.of());
            case "BatchCheckLayerAvailability" ->
                Map.of(
                        "layers",
                        List.of(Map.of("layerDigest", LAYER, "layerAvailability", "AVAILABLE")),
                        "failures",
                        List.of());
            case "DescribeRepositories" -> Map.of("repositories", List.of());
            // GetItem finds nothing; UpdateItem, PutItem and DeleteItem have nothing to say
            default -> Map.of();
        };
    }

    private static Map<String, Object> sent(Object entry) {
        Map<?, ?> message = (Map<?, ?>) entry;
        return Map.of(
                "Id",
                String.valueOf(message.get("Id")),
                "MessageId",
                "m",
                "MD5OfMessageBody",
                md5(String.valueOf(message.get("MessageBody"))));
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
