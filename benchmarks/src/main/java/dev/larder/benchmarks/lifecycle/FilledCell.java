package dev.larder.benchmarks.lifecycle;

import dev.larder.local.bus.EventBus;
import dev.larder.local.bus.Tap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Puts images into the local cloud's ECR, as nobody would: without an upstream, and without a word on the bus. */
final class FilledCell {
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final int TOGETHER = 8;

    private FilledCell() {}

    static void fill(EcrClient ecr, EventBus bus, int repositories, int images) throws InterruptedException {
        Tap silence = event -> List.of();
        bus.tap(silence);
        try (ExecutorService workers = Executors.newFixedThreadPool(TOGETHER)) {
            for (var done : workers.invokeAll(IntStream.range(0, repositories)
                    .<Callable<Void>>mapToObj(number -> () -> {
                        repository(ecr, repository(number), images);
                        return null;
                    })
                    .toList())) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not fill the cell", e);
        } finally {
            bus.remove(silence);
        }
    }

    static String repository(int number) {
        return "mirror/team/app" + number;
    }

    static String tag(int image) {
        return "build-" + image;
    }

    private static void repository(EcrClient ecr, String name, int images) {
        ecr.createRepository(create -> create.repositoryName(name));
        String config = blob(ecr, name, "{\"architecture\":\"amd64\",\"os\":\"linux\"}");
        String layer = blob(ecr, name, "a layer of " + name);
        for (int image = 0; image < images; image++) {
            String manifest = """
                    {"schemaVersion":2,"mediaType":"%s",\
                    "config":{"mediaType":"%s","digest":"%s","size":%d},\
                    "layers":[{"mediaType":"%s","digest":"%s","size":%d}],\
                    "annotations":{"number":"%d"}}""".formatted(
                    MANIFEST, CONFIG, digest(config), config.length(), LAYER, digest(layer), layer.length(), image);
            String tag = tag(image);
            ecr.putImage(put -> put.repositoryName(name)
                    .imageManifest(manifest)
                    .imageManifestMediaType(MANIFEST)
                    .imageTag(tag));
        }
    }

    private static String blob(EcrClient ecr, String name, String text) {
        String upload =
                ecr.initiateLayerUpload(begin -> begin.repositoryName(name)).uploadId();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ecr.uploadLayerPart(part -> part.repositoryName(name)
                .uploadId(upload)
                .partFirstByte(0L)
                .partLastByte(bytes.length - 1L)
                .layerPartBlob(SdkBytes.fromByteArray(bytes)));
        ecr.completeLayerUpload(
                complete -> complete.repositoryName(name).uploadId(upload).layerDigests(digest(text)));
        return text;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
