package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** What AWS's own client makes of the answers. */
class SdkRoundTripTest {
    private Fixture ecr;
    private HttpServer server;
    private EcrClient client;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        ecr = new Fixture(data);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        client = EcrClient.builder()
                .region(Region.EU_CENTRAL_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAALICE", "x")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        ecr.close();
    }

    @Test
    void aRepositoryIsFilledReadAndEmptied() {
        client.createRepository(request -> request.repositoryName("app"));
        Manifest image = push();
        assertEquals(
                image.content(),
                client.batchGetImage(request -> request.repositoryName("app")
                                .imageIds(
                                        ImageIdentifier.builder().imageTag("1").build()))
                        .images()
                        .getFirst()
                        .imageManifest());
        var detail =
                client
                        .describeImagesPaginator(
                                request -> request.repositoryName("app").maxResults(1))
                        .imageDetails()
                        .stream()
                        .findFirst()
                        .orElseThrow();
        assertEquals(ecr.now, detail.imagePushedAt());
        assertEquals(ecr.now, detail.lastRecordedPullTime());
        var deleted = client.batchDeleteImage(request -> request.repositoryName("app")
                .imageIds(
                        ImageIdentifier.builder().imageTag("1").build(),
                        ImageIdentifier.builder().imageTag("2").build()));
        assertEquals(1, deleted.imageIds().size());
        assertEquals(
                ImageFailureCode.IMAGE_NOT_FOUND, deleted.failures().getFirst().failureCode());
        assertTrue(client.listImages(request -> request.repositoryName("app"))
                .imageIds()
                .isEmpty());
    }

    @Test
    void aModelledErrorIsTheClientsException() {
        RepositoryNotFoundException refusal = assertThrows(
                RepositoryNotFoundException.class,
                () -> client.describeImages(request -> request.repositoryName("none")));
        assertEquals(400, refusal.statusCode());
    }

    private Manifest push() {
        byte[] layer = "layer".getBytes(StandardCharsets.UTF_8);
        String digest = Sha256.of(layer).value();
        String upload = client.initiateLayerUpload(request -> request.repositoryName("app"))
                .uploadId();
        client.uploadLayerPart(request -> request.repositoryName("app")
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(layer.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(layer)));
        client.completeLayerUpload(
                request -> request.repositoryName("app").uploadId(upload).layerDigests(digest));
        Manifest image = Fixture.manifest("{'schemaVersion':2,'mediaType':'" + Manifest.OCI_MANIFEST
                + "','config':{'mediaType':'application/vnd.oci.image.config.v1+json','digest':'" + digest
                + "','size':5},'layers':[]}");
        client.putImage(request -> request.repositoryName("app").imageTag("1").imageManifest(image.content()));
        assertTrue(client.getDownloadUrlForLayer(
                        request -> request.repositoryName("app").layerDigest(digest))
                .downloadUrl()
                .endsWith("/v2/app/blobs/" + digest));
        return image;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String action = target.substring(target.indexOf('.') + 1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 200;
        String answer;
        try {
            ObjectNode input = (ObjectNode) Fixture.json(new String(body, StandardCharsets.UTF_8));
            answer = ecr.api.call(action, input, Fixture.USER, Via.API).toString();
        } catch (AwsException e) {
            status = e.status();
            answer = Shapes.object()
                    .put("__type", e.code())
                    .put("message", e.message())
                    .toString();
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
