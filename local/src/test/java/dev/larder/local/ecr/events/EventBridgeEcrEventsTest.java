package dev.larder.local.ecr.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.ecr.CacheRule;
import dev.larder.local.oci.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventBridgeEcrEventsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private final List<String> put = new ArrayList<>();
    private final EventBridgeEcrEvents events = new EventBridgeEcrEvents(
            put::add, "111122223333", "eu-central-1", () -> Instant.parse("2026-11-24T10:00:00.5Z"));

    @Test
    void aRoleSessionThroughTheRegistryHasItsIssuerAndNoClientAddress() throws IOException {
        Caller node = new Caller("111122223333", "ASIANODE", "eks/node", Optional.of("i-1"));
        ObjectNode parameters = JSON.createObjectNode().put("repositoryName", "hub/a");
        events.apiCall(node, Via.REGISTRY, "BatchGetImage", true, "hub/a", parameters, Optional.of("AccessDenied"));
        JsonNode event = JSON.readTree(put.getFirst());
        JsonNode record = event.path("detail");
        assertEquals("AWS API Call via CloudTrail", event.path("detail-type").asText());
        assertEquals("2026-11-24T10:00:00Z", event.path("time").asText());
        assertEquals("ecr.amazonaws.com", record.path("userAgent").asText());
        assertEquals("ecr.amazonaws.com", record.path("sourceIPAddress").asText());
        assertEquals("ecr.amazonaws.com", record.at("/userIdentity/invokedBy").asText());
        assertEquals("AssumedRole", record.at("/userIdentity/type").asText());
        assertEquals(
                "arn:aws:iam::111122223333:role/eks/node",
                record.at("/userIdentity/sessionContext/sessionIssuer/arn").asText());
        assertEquals("AccessDenied", record.path("errorCode").asText());
        assertEquals("111122223333", record.at("/requestParameters/registryId").asText());
        assertEquals(
                "arn:aws:ecr:eu-central-1:111122223333:repository/hub/a",
                record.at("/resources/0/ARN").asText());
        assertTrue(record.path("readOnly").asBoolean()
                && record.path("managementEvent").asBoolean());
        assertEquals("Management", record.path("eventCategory").asText());
        assertTrue(record.path("responseElements").isNull());
    }

    @Test
    void anUntaggedDeleteHasNoTagAndAFailedSyncSaysWhy() throws IOException {
        events.imageAction("DELETE", "hub/a", Sha256.of(new byte[0]), Optional.empty());
        CacheRule rule = new CacheRule("hub", Optional.empty(), "http://up", CacheRule.ROOT, Optional.empty());
        events.pullThroughFailed(rule, "hub/a", "1", "UpstreamUnavailable", "no answer");
        JsonNode deleted = JSON.readTree(put.get(0));
        assertTrue(deleted.at("/detail/image-tag").isMissingNode());
        assertEquals(0, deleted.path("resources").size());
        JsonNode failed = JSON.readTree(put.get(1));
        assertEquals("FAILURE", failed.at("/detail/sync-status").asText());
        assertEquals("UpstreamUnavailable", failed.at("/detail/failure-code").asText());
        assertEquals("1", failed.at("/detail/image-tag").asText());
        assertEquals(1, failed.path("resources").size());
    }
}
