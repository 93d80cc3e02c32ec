package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.oci.Manifest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images: pushed, listed, deleted. */
class EcrApiImagesTest extends EcrApiFixture {
    @Test
    void listImagesPagesThroughTheTagsOfOneImage() {
        ecr.repository("app");
        Manifest image = ecr.image("a");
        for (int i = 0; i < 5; i++) {
            ecr.add("app", "t" + i, image);
        }
        ecr.add("app", null, ecr.image("b"));
        List<String> rows = new ArrayList<>();
        String token = "";
        do {
            ObjectNode page = ecr.call("ListImages", "{'repositoryName':'app','maxResults':2" + token + "}");
            page.path("imageIds").forEach(id -> rows.add(id.toString()));
            token = page.has("nextToken")
                    ? ",'nextToken':'" + page.path("nextToken").asText() + "'"
                    : "";
        } while (!token.isEmpty());
        assertEquals(6, rows.size());
        assertEquals(6, rows.stream().distinct().count());
    }

    @Test
    void byTagOnlyTheTagGoesAndWithTheLastOneTheImage() {
        ecr.repository("app");
        Manifest image = ecr.image("a");
        ecr.add("app", "1", image);
        ecr.add("app", "2", image);
        delete("app", "{'imageTag':'1'}");
        assertEquals(1, images("app"));
        delete("app", "{'imageTag':'2'}");
        assertEquals(0, images("app"));
        assertEquals("ImageNotFound", failure(delete("app", "{'imageTag':'2'}")));
    }

    @Test
    void childrenStayUntilTheirIndexIsGoneInAnEarlierCall() {
        ecr.repository("app");
        Manifest child = ecr.image("a");
        Manifest index = ecr.add("app", "1", child, ecr.index(child));
        assertEquals("ImageReferencedByManifestList", failure(delete("app", id(child))));
        ObjectNode both = delete("app", id(index) + "," + id(child));
        assertEquals(1, both.path("imageIds").size());
        assertEquals("ImageReferencedByManifestList", failure(both));
        assertEquals(1, delete("app", id(child)).path("imageIds").size());
        assertEquals(0, images("app"));
    }

    @Test
    void aTagAndADigestThatDisagreeDeleteNothing() {
        ecr.repository("app");
        ecr.add("app", "1", ecr.image("a"));
        Manifest other = ecr.add("app", "2", ecr.image("b"));
        ObjectNode answer = delete("app", "{'imageTag':'1','imageDigest':'" + other.digest() + "'}");
        assertEquals("ImageTagDoesNotMatchDigest", failure(answer));
        assertEquals("MissingDigestAndTag", failure(delete("app", "{}")));
        assertEquals("InvalidImageDigest", failure(delete("app", "{'imageDigest':'nonsense'}")));
        assertEquals(2, images("app"));
    }

    @Test
    void aPushNeedsItsLayersInThatRepositoryAndCanMoveATag() {
        ecr.repository("app");
        ecr.repository("other");
        Manifest image = ecr.add("other", "1", ecr.image("a"));
        assertEquals("LayersNotFoundException", ecr.error("PutImage", put("app", image, "1")));
        image.blobs().forEach(blob -> ecr.registry.uploads().arrived("app", blob.digest()));
        ecr.call("PutImage", put("app", image, "1"));
        assertEquals("ImageAlreadyExistsException", ecr.error("PutImage", put("app", image, "1")));
        ecr.call("PutImage", put("app", image, "2"));
        assertEquals(1, images("app"));
        assertEquals(
                "ReferencedImagesNotFoundException", ecr.error("PutImage", put("app", ecr.index(ecr.image("z")), "3")));
        ecr.call("PutImageTagMutability", "{'repositoryName':'app','imageTagMutability':'IMMUTABLE'}");
        assertEquals("ImageTagAlreadyExistsException", ecr.error("PutImage", put("app", ecr.index(image), "2")));
    }

    private static String put(String repository, Manifest manifest, String tag) {
        return "{'repositoryName':'" + repository + "','imageTag':'" + tag + "','imageManifest':'"
                + manifest.content().replace("\"", "\\\"") + "'}";
    }

    private ObjectNode delete(String repository, String ids) {
        return ecr.call("BatchDeleteImage", "{'repositoryName':'" + repository + "','imageIds':[" + ids + "]}");
    }

    private static String failure(ObjectNode answer) {
        return answer.path("failures").path(0).path("failureCode").asText();
    }

    private static String id(Manifest manifest) {
        return "{'imageDigest':'" + manifest.digest() + "'}";
    }

    private int images(String repository) {
        return ecr.call("DescribeImages", "{'repositoryName':'" + repository + "'}")
                .path("imageDetails")
                .size();
    }
}
