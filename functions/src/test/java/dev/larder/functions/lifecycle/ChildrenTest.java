package dev.larder.functions.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.domain.lifecycle.Manifest;
import dev.larder.events.image.Digest;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.ecr.EcrImageCache;
import dev.larder.functions.table.InMemoryImageRecords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ServerException;

class ChildrenTest {
    private static final RepositoryName APP = new RepositoryName("quay/app");
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Digest CHILD = digest(1_000);

    private final Set<Digest> broken = new HashSet<>();
    private final Set<Digest> failing = new HashSet<>();
    private final List<Integer> calls = new ArrayList<>();
    private final InMemoryImageRecords records = new InMemoryImageRecords();
    private final Children children = new Children(new EcrImageCache(new Ecr()), records);

    private static Digest digest(int number) {
        return new Digest("sha256:" + String.format("%064x", number));
    }

    private List<Digest> unread() {
        List<Manifest> indexes = IntStream.range(0, 300)
                .mapToObj(number -> new Manifest(
                        APP,
                        digest(number),
                        List.of(),
                        Optional.of(INDEX),
                        OptionalLong.of(1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return children.fill(APP, indexes, records.repository(APP)).stream()
                .filter(manifest -> manifest.children().isEmpty())
                .map(Manifest::digest)
                .toList();
    }

    @Test
    void anIndexThatIsNoneLeavesOnlyItselfUnread() {
        broken.add(digest(7));
        assertEquals(List.of(digest(7)), unread());
        assertEquals(List.of(100, 100, 100), calls);
        calls.clear();
        assertEquals(List.of(digest(7)), unread());
        assertEquals(List.of(1), calls, "the others are remembered");
    }

    @Test
    void whatWasReadBeforeAndAfterACallThatFailedIsRemembered() {
        failing.add(digest(150));
        assertEquals(IntStream.range(100, 200).mapToObj(ChildrenTest::digest).toList(), unread());
        failing.clear();
        calls.clear();
        assertEquals(List.of(), unread());
        assertEquals(List.of(100), calls);
    }

    private final class Ecr implements EcrClient {
        @Override
        public BatchGetImageResponse batchGetImage(BatchGetImageRequest request) {
            calls.add(request.imageIds().size());
            List<Digest> asked = request.imageIds().stream()
                    .map(id -> new Digest(id.imageDigest()))
                    .toList();
            if (asked.stream().anyMatch(failing::contains)) {
                throw ServerException.builder().message("500").build();
            }
            return BatchGetImageResponse.builder()
                    .images(asked.stream().map(this::image).toList())
                    .build();
        }

        private Image image(Digest digest) {
            String child = broken.contains(digest) ? "sha256:short" : CHILD.value();
            return Image.builder()
                    .imageId(id -> id.imageDigest(digest.value()))
                    .imageManifest("{\"manifests\":[{\"digest\":\"" + child + "\",\"size\":1}]}")
                    .imageManifestMediaType(INDEX)
                    .build();
        }

        @Override
        public String serviceName() {
            return "ecr";
        }

        @Override
        public void close() {}
    }
}
