package dev.larder.local.ecr.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.ecr.EcrEvents;
import dev.larder.local.ecr.StorageClassUpdate;
import dev.larder.local.oci.InvalidManifestException;
import dev.larder.local.oci.Manifest;
import dev.larder.local.oci.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pushes images for ever, saying the number of each once it is in: a process to kill. */
final class Pushes {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");

    private Pushes() {}

    public static void main(String[] args) throws Exception {
        try (EcrRegistry registry = open(Path.of(args[0]))) {
            registry.createFromTemplate("app");
            for (int i = Integer.parseInt(args[1]) + 1; ; i++) {
                push(registry, "app", i);
                System.out.println(i);
            }
        }
    }

    static EcrRegistry open(Path data) throws IOException {
        return EcrRegistry.open(data, "111122223333", "eu-central-1", () -> AT, new Silent());
    }

    static Manifest push(EcrRegistry registry, String repository, int number)
            throws IOException, InvalidManifestException {
        byte[] layer = ("layer " + number).repeat(500).getBytes(StandardCharsets.UTF_8);
        Digest digest = Sha256.of(layer);
        registry.blobs().write(digest, layer.length, new ByteArrayInputStream(layer));
        Manifest manifest = manifest(digest, layer.length);
        registry.commit(repository, List.of(manifest), Optional.of("t" + number), AT);
        return manifest;
    }

    static Manifest manifest(Digest layer, long size) throws InvalidManifestException {
        String descriptor = "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + layer
                + "\",\"size\":" + size + "}";
        return Manifest.parse("{\"config\":" + descriptor + ",\"layers\":[]}", Manifest.OCI_MANIFEST);
    }

    private static final class Silent implements EcrEvents {
        @Override
        public void imageAction(String action, String repository, Digest digest, Optional<String> tag) {}

        @Override
        public void storageClassUpdated(StorageClassUpdate update) {}

        @Override
        public void scanCompleted(String repository, Digest digest, List<String> tags, ObjectNode severityCounts) {}

        @Override
        public void pullThroughSucceeded(CacheRule rule, String repository, String reference, Digest digest) {}

        @Override
        public void pullThroughFailed(
                CacheRule rule, String repository, String reference, String failureCode, String reason) {}

        @Override
        public void apiCall(
                Caller caller,
                Via via,
                String eventName,
                boolean readOnly,
                String repository,
                ObjectNode requestParameters,
                Optional<String> errorCode) {}
    }
}
