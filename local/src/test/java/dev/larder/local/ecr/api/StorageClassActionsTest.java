package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.oci.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageClassActionsTest {
    private Fixture ecr;

    @BeforeEach
    void open(@TempDir Path data) {
        ecr = new Fixture(data);
        ecr.repository("app");
    }

    @AfterEach
    void close() {
        ecr.close();
    }

    @Test
    void anArchivedImageCannotBePulledUntilItIsRestored() {
        Manifest image = ecr.add("app", "1", ecr.image("a"));

        ObjectNode archived = move("ARCHIVE", "{'imageTag':'1'}");

        assertEquals("ARCHIVED", archived.path("imageStatus").asText());
        assertEquals(image.digest().value(), archived.at("/imageId/imageDigest").asText());
        assertEquals("ImageNotFound", pull().at("/failures/0/failureCode").asText());
        assertEquals(0, details("{}").size());
        assertEquals(1, details("{'imageStatus':'ARCHIVED'}").size());
        assertEquals(1, details("{'imageStatus':'ANY'}").size());

        ecr.now = ecr.now.plus(Duration.ofDays(3));
        move("STANDARD", "{'imageTag':'1'}");

        assertEquals(image.content(), pull().at("/images/0/imageManifest").asText());
        JsonNode detail = details("{}").path(0);
        assertEquals(ecr.now.getEpochSecond(), detail.path("lastActivatedAt").asLong());
        assertTrue(detail.has("lastArchivedAt"));
    }

    @Test
    void eachMoveIsAnEventWithTheMediaTypes() {
        Manifest image = ecr.add("app", "1", ecr.image("a"));
        ecr.events.clear();

        move("ARCHIVE", "{'imageTag':'1'}");
        move("ARCHIVE", "{'imageTag':'1'}");
        move("STANDARD", "{'imageTag':'1'}");

        List<JsonNode> moves = actions("ECR Image Action");
        assertEquals(2, moves.size(), () -> "asking for the class that it has is no move: " + moves);
        JsonNode archived = moves.getFirst();
        assertEquals("UPDATE_STORAGE_CLASS", archived.path("action-type").asText());
        assertEquals("ARCHIVE", archived.path("target-storage-class").asText());
        assertEquals(image.digest().value(), archived.path("image-digest").asText());
        assertEquals(Manifest.OCI_MANIFEST, archived.path("manifest-media-type").asText());
        assertEquals(
                "application/vnd.oci.image.config.v1+json",
                archived.path("artifact-media-type").asText());
        assertFalse(archived.has("last-activated-at"));
        assertEquals("STANDARD", moves.getLast().path("target-storage-class").asText());
        assertEquals(
                ecr.now.toString(), moves.getLast().path("last-activated-at").asText());
    }

    @Test
    void aReferrersMoveIsAReferrerAction() {
        Manifest subject = ecr.add("app", "1", ecr.image("a"));
        ecr.add("app", "sig", ecr.image("signature", Optional.of(subject.digest())));
        ecr.events.clear();

        move("ARCHIVE", "{'imageTag':'sig'}");

        assertEquals(List.of(), actions("ECR Image Action"));
        assertEquals(
                "UPDATE_STORAGE_CLASS",
                actions("ECR Referrer Action").getFirst().path("action-type").asText());
    }

    @Test
    void whatAnActiveIndexListsIsNotArchivedBeforeIt() {
        Manifest child = ecr.image("a");
        ecr.add("app", "1", child, ecr.index(child));
        String id = "{'imageDigest':'" + child.digest() + "'}";

        assertEquals(
                "ImageStorageClassUpdateNotSupportedException",
                ecr.error("UpdateImageStorageClass", input("ARCHIVE", id)));
        move("ARCHIVE", "{'imageTag':'1'}");
        move("ARCHIVE", id);

        assertEquals(2, details("{'imageStatus':'ARCHIVED'}").size());
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertEquals(
                "ImageNotFoundException",
                ecr.error("UpdateImageStorageClass", input("ARCHIVE", "{'imageTag':'none'}")));
        assertEquals(
                "InvalidParameterException",
                ecr.error("UpdateImageStorageClass", input("FREEZER", "{'imageTag':'none'}")));
    }

    private ObjectNode move(String target, String id) {
        return ecr.call("UpdateImageStorageClass", input(target, id));
    }

    private static String input(String target, String id) {
        return "{'repositoryName':'app','imageId':" + id + ",'targetStorageClass':'" + target + "'}";
    }

    private ObjectNode pull() {
        return ecr.call("BatchGetImage", "{'repositoryName':'app','imageIds':[{'imageTag':'1'}]}");
    }

    private JsonNode details(String filter) {
        return ecr.call("DescribeImages", "{'repositoryName':'app','filter':" + filter + "}")
                .path("imageDetails");
    }

    private List<JsonNode> actions(String detailType) {
        return ecr.events.stream()
                .filter(event -> event.path("detail-type").asText().equals(detailType))
                .map(event -> event.path("detail"))
                .toList();
    }
}
