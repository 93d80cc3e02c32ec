package dev.larder.local.ecr.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.local.oci.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, and the list that has no paginator in the SDK: referrers. */
class PagesTest {
    private Fixture ecr;

    @BeforeEach
    void open(@TempDir Path data) {
        ecr = new Fixture(data);
        ecr.repository("app");
        ecr.repository("other");
    }

    @AfterEach
    void close() {
        ecr.close();
    }

    @Test
    void aTokenIsGoodForItsOwnActionAndRepositoryOnly() {
        ecr.add("app", "1", ecr.image("a"));
        ecr.add("app", "2", ecr.image("b"));
        String token = ecr.call("DescribeImages", "{'repositoryName':'app','maxResults':1}")
                .path("nextToken")
                .asText();

        String next = ",'maxResults':1,'nextToken':'" + token + "'}";

        assertEquals(
                1,
                ecr.call("DescribeImages", "{'repositoryName':'app'" + next)
                        .path("imageDetails")
                        .size());
        assertEquals("InvalidParameterException", ecr.error("DescribeImages", "{'repositoryName':'other'" + next));
        assertEquals("InvalidParameterException", ecr.error("ListImages", "{'repositoryName':'app'" + next));
        assertEquals(
                "InvalidParameterException",
                ecr.error("DescribeImages", "{'repositoryName':'app','nextToken':'not Base64!'}"));
    }

    @Test
    void idsAndPagesExcludeEachOther() {
        ecr.add("app", "1", ecr.image("a"));
        assertEquals(
                "InvalidParameterException",
                ecr.error("DescribeImages", "{'repositoryName':'app','imageIds':[{'imageTag':'1'}],'maxResults':1}"));
    }

    @Test
    void pagesGoOnWhenTheImageAtTheirEndIsDeletedInBetween() {
        for (int i = 0; i < 6; i++) {
            ecr.add("app", "t" + i, ecr.image("image " + i));
        }
        JsonNode first = ecr.call("DescribeImages", "{'repositoryName':'app','maxResults':3}");
        List<String> seen = digests(first.path("imageDetails"), "imageDigest");
        ecr.call("BatchDeleteImage", "{'repositoryName':'app','imageIds':[{'imageDigest':'" + seen.getLast() + "'}]}");

        JsonNode second = ecr.call(
                "DescribeImages",
                "{'repositoryName':'app','maxResults':3,'nextToken':'"
                        + first.path("nextToken").asText() + "'}");

        seen.addAll(digests(second.path("imageDetails"), "imageDigest"));
        assertEquals(6, new HashSet<>(seen).size());
        assertFalse(second.has("nextToken"));
    }

    @Test
    void referrersAreListedByTwentyAndEachOnce() {
        Manifest subject = ecr.add("app", "1", ecr.image("a"));
        ecr.add("app", "2", ecr.image("no referrer"));
        for (int i = 0; i < 45; i++) {
            ecr.add("app", null, ecr.image("signature " + i, Optional.of(subject.digest())));
        }
        List<Integer> sizes = new ArrayList<>();
        HashSet<String> digests = new HashSet<>();
        String token = "";
        do {
            JsonNode page = ecr.call("ListImageReferrers", referrersOf(subject, token));
            sizes.add(page.path("referrers").size());
            digests.addAll(digests(page.path("referrers"), "digest"));
            token = page.has("nextToken")
                    ? ",'nextToken':'" + page.path("nextToken").asText() + "'"
                    : "";
        } while (!token.isEmpty());
        assertEquals(List.of(20, 20, 5), sizes);
        assertEquals(45, digests.size());
        assertEquals(
                "InvalidParameterException", ecr.error("ListImageReferrers", referrersOf(subject, ",'maxResults':51")));
    }

    @Test
    void referrersAreFilteredByTypeAndByTheirState() {
        Manifest subject = ecr.add("app", "1", ecr.image("a"));
        Manifest signature = ecr.add("app", "sig", ecr.image("signature", Optional.of(subject.digest())));
        String type = signature.artifactType().orElseThrow();

        JsonNode found = ecr.call(
                        "ListImageReferrers", referrersOf(subject, ",'filter':{'artifactTypes':['" + type + "']}"))
                .path("referrers");
        assertEquals(signature.digest().value(), found.path(0).path("digest").asText());
        assertEquals(type, found.path(0).path("artifactType").asText());
        assertEquals(signature.content().length(), found.path(0).path("size").asInt());
        assertEquals("ACTIVE", found.path(0).path("artifactStatus").asText());
        assertEquals(0, referrers(subject, "{'artifactTypes':['application/spdx+json']}"));

        ecr.call(
                "UpdateImageStorageClass",
                "{'repositoryName':'app','imageId':{'imageTag':'sig'},'targetStorageClass':'ARCHIVE'}");
        assertEquals(0, referrers(subject, "{}"));
        assertEquals(1, referrers(subject, "{'artifactStatus':'ARCHIVED'}"));
        assertEquals(1, referrers(subject, "{'artifactStatus':'ANY'}"));
        assertEquals(
                "InvalidParameterException",
                ecr.error("ListImageReferrers", "{'repositoryName':'app','subjectId':{'imageDigest':'nonsense'}}"));
    }

    private int referrers(Manifest subject, String filter) {
        return ecr.call("ListImageReferrers", referrersOf(subject, ",'filter':" + filter))
                .path("referrers")
                .size();
    }

    private static String referrersOf(Manifest subject, String more) {
        return "{'repositoryName':'app','subjectId':{'imageDigest':'" + subject.digest() + "'}" + more + "}";
    }

    private static List<String> digests(JsonNode list, String member) {
        List<String> digests = new ArrayList<>();
        list.forEach(item -> digests.add(item.path(member).asText()));
        return digests;
    }
}
