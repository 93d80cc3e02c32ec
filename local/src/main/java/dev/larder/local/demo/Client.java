package dev.larder.local.demo;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.oci.Descriptor;
import dev.larder.local.oci.InvalidManifestException;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Pulls images as a container runtime does: the tag, then the manifest of its own platform, then every blob. */
final class Client implements AutoCloseable {
    private static final Platform OWN = Platform.parse("linux/amd64");

    private final URI registry;
    private final String login;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param user the IAM user whose pulls these are */
    Client(URI registry, String user) {
        this.registry = registry;
        this.login = "Basic " + Base64.getEncoder().encodeToString((user + ":local").getBytes(StandardCharsets.UTF_8));
    }

    /** Pulls the image whole, and checks every byte of it. */
    Pulled pull(String repository, String tag) throws IOException {
        Manifest first = manifest(repository, tag);
        Manifest image = first;
        if (first.isIndex()) {
            Descriptor child = first.children().stream()
                    .filter(candidate ->
                            candidate.platform().filter(OWN::accepts).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new IOException(repository + ":" + tag + " is not made for " + OWN));
            image = manifest(repository, child.digest().value());
        }
        long bytes = 0;
        for (Descriptor blob : image.blobs()) {
            byte[] content = get(repository + "/blobs/" + blob.digest()).body();
            if (!Sha256.of(content).equals(blob.digest())) {
                throw new IOException("the blob " + blob.digest() + " of " + repository + " came broken");
            }
            bytes += content.length;
        }
        return new Pulled(first.digest(), bytes);
    }

    private Manifest manifest(String repository, String reference) throws IOException {
        HttpResponse<byte[]> answer = get(repository + "/manifests/" + reference);
        try {
            return Manifest.parse(
                    new String(answer.body(), StandardCharsets.UTF_8),
                    answer.headers().firstValue("content-type").orElse(""));
        } catch (InvalidManifestException e) {
            throw new IOException("the registry gave no manifest for " + repository + ":" + reference, e);
        }
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(registry.resolve("/v2/" + path))
                .header("Authorization", login)
                .header("Accept", String.join(", ", Manifest.MEDIA_TYPES))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("the registry answered " + answer.statusCode() + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pulling", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** What came. */
    record Pulled(Digest digest, long bytes) {}
}
