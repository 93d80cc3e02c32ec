package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.events.image.Digest;
import dev.larder.local.ecr.state.Image;
import dev.larder.local.oci.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DeleteOrderTest {
    /** Two indexes share the second of three children; a fourth image is alone. */
    @Property(tries = 60)
    void inWhateverOrderNoIndexLosesAChildAndRepeatingEndsWithNothing(
            @ForAll @Size(max = 12) List<@IntRange(max = 5) Integer> order,
            @ForAll @IntRange(min = 1, max = 4) int batch)
            throws IOException {
        Path data = Files.createTempDirectory("delete-order");
        try (Fixture ecr = new Fixture(data)) {
            ecr.repository("app");
            Manifest a = ecr.image("a");
            Manifest b = ecr.image("b");
            Manifest c = ecr.image("c");
            Manifest first = ecr.add("app", "1", a, b, ecr.index(a, b));
            Manifest second = ecr.add("app", "2", b, c, ecr.index(b, c));
            List<Manifest> all = List.of(a, b, c, first, second, ecr.add("app", null, ecr.image("d")));
            for (int i = 0; i < order.size(); i += batch) {
                delete(
                        ecr,
                        order.subList(i, Math.min(i + batch, order.size())).stream()
                                .map(all::get)
                                .distinct()
                                .toList());
                assertEveryIndexIsWhole(ecr);
            }
            delete(ecr, List.of(first, second));
            delete(ecr, all);
            assertTrue(ecr.registry.images().isEmpty("app"));
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void delete(Fixture ecr, List<Manifest> manifests) {
        String ids = manifests.stream()
                .map(manifest -> "{'imageDigest':'" + manifest.digest() + "'}")
                .collect(Collectors.joining(","));
        ObjectNode answer = ecr.call("BatchDeleteImage", "{'repositoryName':'app','imageIds':[" + ids + "]}");
        List<Digest> gone = new ArrayList<>();
        answer.path("imageIds")
                .forEach(id -> gone.add(new Digest(id.path("imageDigest").asText())));
        assertEquals(manifests.size(), gone.size() + answer.path("failures").size());
        gone.forEach(
                digest -> assertTrue(ecr.registry.images().find("app", digest).isEmpty()));
    }

    private static void assertEveryIndexIsWhole(Fixture ecr) {
        for (Image image : ecr.registry
                .images()
                .page("app", Optional.empty(), 100, any -> true)
                .items()) {
            Manifest manifest = ecr.registry.manifest("app", image.digest()).orElseThrow();
            manifest.children()
                    .forEach(child -> assertTrue(
                            ecr.registry.images().find("app", child.digest()).isPresent()));
        }
    }
}
