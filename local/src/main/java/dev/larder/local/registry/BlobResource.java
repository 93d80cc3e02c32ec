package dev.larder.local.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET} and {@code HEAD /v2/<name>/blobs/<digest>}: ECR decides with {@code GetDownloadUrlForLayer} whether an
 * image of the repository has the blob, as it does for a real client ("When you pull an image,
 * {@code GetDownloadUrlForLayer} and {@code BatchGetImage} sections are generated", ecr-facts 3.4). The bytes then come
 * from here; ECR would redirect to S3.
 */
final class BlobResource {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonService ecr;
    private final BlobStore blobs;

    BlobResource(JsonService ecr, BlobStore blobs) {
        this.ecr = ecr;
        this.blobs = blobs;
    }

    RegistryReply get(RegistryRoute.BlobOf route, RegistryRequest request, Caller caller) throws IOException {
        ObjectNode input = JSON.createObjectNode()
                .put("repositoryName", route.repository().value())
                .put("layerDigest", route.digest().value());
        try {
            ecr.call("GetDownloadUrlForLayer", input, caller, Via.REGISTRY);
        } catch (AwsException e) {
            throw RegistryException.of(e);
        }
        long size = blobs.size(route.digest());
        Map<String, String> headers = new LinkedHashMap<>(Map.of(
                "Content-Type", "application/octet-stream",
                "Docker-Content-Digest", route.digest().value(),
                "Accept-Ranges", "bytes",
                "ETag", '"' + route.digest().value() + '"',
                "Cache-Control", "max-age=31536000"));
        Optional<ByteRange> range = ByteRange.parse(request.range(), size);
        range.ifPresent(part -> headers.put("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size));
        ByteRange part = range.orElse(new ByteRange(0, size - 1));
        return new RegistryReply(
                range.isPresent() ? 206 : 200, headers, part.length(), out -> copy(route.digest(), part, out));
    }

    private void copy(Digest digest, ByteRange part, OutputStream out) throws IOException {
        try (InputStream content = blobs.open(digest)) {
            content.skipNBytes(part.first());
            byte[] buffer = new byte[64 << 10];
            long left = part.length();
            while (left > 0) {
                int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("the blob " + digest + " is shorter than it was");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }
}
