package dev.larder.local.endtoend;

import dev.larder.local.front.Json;
import dev.larder.local.programs.Service;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A local cloud in a process of its own that has said where it is. */
record CloudService(Service service, URI endpoint, URI registry) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(
            "AWS +(http://127.0.0.1:\\d+)\\n +registry +(http://127.0.0.1:\\d+)[\\s\\S]*Ctrl-C stops it");
    private static final Duration START = Duration.ofMinutes(2);

    static CloudService of(Service service) throws IOException, InterruptedException {
        try {
            Matcher said = service.await(READY, START);
            return new CloudService(service, URI.create(said.group(1)), URI.create(said.group(2)));
        } catch (IOException e) {
            service.close();
            throw e;
        }
    }

    /**
     * Starts one over stacks that were synthesized before.
     *
     * @param folder for its log, and for the folder {@code data}, which stays
     */
    static CloudService start(Path folder, Path assembly, String log) throws IOException, InterruptedException {
        String classPath = "target/classes" + File.pathSeparator
                + Files.readString(Path.of("target/classpath")).strip();
        return of(Service.start(
                folder.resolve(log),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath,
                        "dev.larder.local.Main",
                        "up",
                        "--cdk-out=" + assembly,
                        "--data=" + folder.resolve("data"),
                        "--port=0",
                        "--registry-port=0")));
    }

    CacheTable table() {
        return new CacheTable(endpoint);
    }

    Instant now() throws IOException, InterruptedException {
        return Instant.parse(Json.read(get(endpoint.resolve("/_larder/clock")).body())
                .path("now")
                .asText());
    }

    /** Moves the clock, with everything that is due on the way. */
    void advance(Duration time) throws IOException, InterruptedException {
        HttpResponse<String> moved = send(HttpRequest.newBuilder(endpoint.resolve("/_larder/clock"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"" + time + "\"}"))
                .build());
        if (moved.statusCode() != 200) {
            throw new IOException("the clock did not move: " + moved.body());
        }
    }

    boolean awaitQuiet() throws IOException, InterruptedException {
        return Json.read(get(endpoint.resolve("/_larder/quiet?timeout=60s")).body())
                .path("quiet")
                .asBoolean();
    }

    /** Pulls the manifest of {@code repository:reference}. */
    HttpResponse<String> manifest(String repository, String reference) throws IOException, InterruptedException {
        return get(registry.resolve("/v2/" + repository + "/manifests/" + reference));
    }

    /** ECR's answer to an action; an error is one, too. */
    String ecr(String action, String input) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(endpoint)
                        .header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + action)
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=ann/20261124/eu-central-1/ecr/aws4_request,"
                                        + " SignedHeaders=host, Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(input))
                        .build())
                .body();
    }

    /** Lets ECR take so many calls of an action in a second. */
    void rate(String action, double perSecond) throws IOException, InterruptedException {
        expect(send(HttpRequest.newBuilder(endpoint.resolve("/_larder/ecr-rates"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"" + action + "\":" + perSecond + "}"))
                .build()));
    }

    /** Has the published rates again. */
    void resetRates() throws IOException, InterruptedException {
        expect(send(HttpRequest.newBuilder(endpoint.resolve("/_larder/ecr-rates"))
                .DELETE()
                .build()));
    }

    private static void expect(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("the rates did not change: " + answer.body());
        }
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
