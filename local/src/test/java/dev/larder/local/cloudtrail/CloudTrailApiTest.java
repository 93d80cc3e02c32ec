package dev.larder.local.cloudtrail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.local.aws.AwsException;
import dev.larder.local.aws.Caller;
import dev.larder.local.aws.JsonService.Via;
import dev.larder.local.front.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudTrailApiTest {
    private static final Caller ME = new Caller("111122223333", "me", "me", Optional.empty());
    private static final String ARN = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/management-events";
    private static final Instant START = Instant.parse("2026-11-24T10:02:00Z");

    @TempDir
    Path folder;

    private Instant now = START;
    private Trails trails;
    private CloudTrailApi api;

    @BeforeEach
    void open() throws IOException {
        trails = Trails.open(folder.resolve("trails.json"), true, now);
        api = new CloudTrailApi(trails, "111122223333", "eu-central-1", () -> now);
    }

    @Test
    void aNewCloudHasATrailThatLogsReadsAndWrites() {
        assertTrue(trails.log(true) && trails.log(false));
        ObjectNode answer = call("DescribeTrails", "{}");
        assertEquals(ARN, answer.at("/trailList/0/TrailARN").asText());
        assertFalse(answer.at("/trailList/0/HasCustomEventSelectors").asBoolean());
        assertEquals(
                "All",
                call("GetEventSelectors", "{'TrailName':'%s'}".formatted(ARN))
                        .at("/EventSelectors/0/ReadWriteType")
                        .asText());
    }

    @Test
    void theLastStartAndTheLastStopBothStay() {
        assertEquals("""
                {"IsLogging":true,"StartLoggingTime":1.79551452E9}""", status());
        later(Duration.ofMinutes(10));
        call("StopLogging", "{'Name':'management-events'}");
        later(Duration.ofMinutes(10));
        assertEquals("""
                {"IsLogging":false,"LatestDeliveryTime":1.795515E9,"StartLoggingTime":1.79551452E9,\
                "StopLoggingTime":1.79551512E9}""", status());
        call("StartLogging", "{'Name':'%s'}".formatted(ARN));
        assertEquals("""
                {"IsLogging":true,"StartLoggingTime":1.79551572E9,"StopLoggingTime":1.79551512E9}""", status());
    }

    @Test
    void startingATrailThatLogsDoesNotMoveItsStart() {
        later(Duration.ofHours(1));
        call("StartLogging", "{'Name':'management-events'}");
        assertTrue(status().contains("\"StartLoggingTime\":1.79551452E9"), status());
    }

    @Test
    void aRestartKeepsWhatWasStoppedAndChosen() throws IOException {
        select("[{'ReadWriteType':'ReadOnly'}]", "[]");
        call("CreateTrail", "{'Name':'mine','S3BucketName':'logs','S3KeyPrefix':'a/b','IsMultiRegionTrail':true}");
        call("StopLogging", "{'Name':'management-events'}");
        String before = "" + call("DescribeTrails", "{}") + status();
        open();
        assertEquals(before, "" + call("DescribeTrails", "{}") + status());
        call("StartLogging", "{'Name':'management-events'}");
        assertTrue(trails.log(true));
        assertFalse(trails.log(false), "the selectors were kept too");
    }

    @Test
    void aCloudWithoutATrailLogsNothingAndDoesNotGetOneByARestart() throws IOException {
        Path file = folder.resolve("none.json");
        assertFalse(Trails.open(file, false, now).log(true));
        assertFalse(Trails.open(file, true, now).log(true));
    }

    @Test
    void whatATrailTakesIsWhatItsSelectorsSay() {
        select("[{'ReadWriteType':'WriteOnly'}]", "[]");
        assertFalse(trails.log(true));
        assertTrue(trails.log(false));
        select("[{'ReadWriteType':'WriteOnly'},{'ReadWriteType':'ReadOnly'}]", "[]");
        assertTrue(trails.log(true));
        select("[{'IncludeManagementEvents':false}]", "[]");
        assertFalse(trails.log(true) || trails.log(false));
        select("[]", advanced("{'Field':'readOnly','Equals':['true']}"));
        assertTrue(trails.log(true));
        assertFalse(trails.log(false));
        select("[]", advanced("{'Field':'eventSource','NotEquals':['kms.amazonaws.com']}"));
        assertTrue(trails.log(true) && trails.log(false));
    }

    @Test
    void anotherTrailThatLogsIsEnough() {
        call("CreateTrail", "{'Name':'mine','S3BucketName':'logs'}");
        call("StopLogging", "{'Name':'management-events'}");
        assertFalse(trails.log(true), "a new trail is not started");
        call("StartLogging", "{'Name':'mine'}");
        assertTrue(trails.log(true));
        call("DeleteTrail", "{'Name':'mine'}");
        assertFalse(trails.log(true));
    }

    @Test
    void brokenSelectorsAreRefusedAndThoseThatWereStay() {
        assertEquals("InvalidEventSelectorsException", selecting("[]", "[]"));
        assertEquals("InvalidEventSelectorsException", selecting("[{'ReadWriteType':'read-only'}]", "[]"));
        assertEquals("InvalidEventSelectorsException", selecting("[{},{},{},{},{},{}]", "[]"));
        assertEquals(
                "InvalidEventSelectorsException",
                selecting("[{'ExcludeManagementEventSources':['ecr.amazonaws.com']}]", "[]"));
        assertEquals("InvalidEventSelectorsException", selecting("[{}]", advanced("")));
        assertEquals(
                "InvalidEventSelectorsException",
                selecting("[]", "[{'FieldSelectors':[{'Field':'readOnly','Equals':['true']}]}]"));
        assertTrue(trails.log(true) && trails.log(false));
    }

    @Test
    void whatIsNotImitatedIsRefusedByName() {
        assertEquals("UnknownOperationException", code("LookupEvents", "{}"));
        assertEquals(
                "UnsupportedOperationException",
                selecting("[{'DataResources':[{'Type':'AWS::S3::Object','Values':['arn:aws:s3']}]}]", "[]"));
        assertEquals(
                "UnsupportedOperationException",
                selecting("[]", "[{'FieldSelectors':[{'Field':'eventCategory','Equals':['Data']}]}]"));
        assertEquals(
                "UnsupportedOperationException",
                selecting("[]", advanced("{'Field':'userIdentity.arn','NotEquals':['arn:aws:iam::1:role/x']}")));
        AwsException key = assertThrows(
                AwsException.class,
                () -> call("CreateTrail", "{'Name':'mine','S3BucketName':'logs','KmsKeyId':'alias/x'}"));
        assertTrue(key.message().contains("KmsKeyId"), key.message());
    }

    @Test
    void namesAndArnsFollowTheModel() {
        assertEquals("TrailNotFoundException", code("GetTrail", "{'Name':'other'}"));
        assertEquals(
                "TrailNotFoundException",
                code("GetTrailStatus", "{'Name':'%s'}".formatted(ARN.replace("eu-central-1", "eu-west-1"))));
        assertEquals("CloudTrailARNInvalidException", code("GetTrail", "{'Name':'arn:aws:s3:::bucket'}"));
        for (String name : new String[] {"ab", "a__b", "-ab", "ab-", "a b", "192.168.5.4", "a".repeat(129)}) {
            assertEquals(
                    "InvalidTrailNameException",
                    code("CreateTrail", "{'Name':'%s','S3BucketName':'logs'}".formatted(name)),
                    name);
        }
        assertEquals(
                0,
                call("DescribeTrails", "{'trailNameList':['other']}")
                        .path("trailList")
                        .size());
    }

    @Test
    void aRegionHasAtMostFiveTrails() {
        for (int i = 2; i <= 5; i++) {
            call("CreateTrail", "{'Name':'trail-%d','S3BucketName':'logs'}".formatted(i));
        }
        assertEquals(
                "MaximumNumberOfTrailsExceededException",
                code("CreateTrail", "{'Name':'trail-6','S3BucketName':'logs'}"));
    }

    private void later(Duration by) {
        now = now.plus(by);
    }

    private String status() {
        return call("GetTrailStatus", "{'Name':'management-events'}").toString();
    }

    private static String advanced(String field) {
        return "[{'FieldSelectors':[{'Field':'eventCategory','Equals':['Management']}" + (field.isEmpty() ? "" : ",")
                + field + "]}]";
    }

    private void select(String basic, String advanced) {
        call("PutEventSelectors", put(basic, advanced));
    }

    private String selecting(String basic, String advanced) {
        return code("PutEventSelectors", put(basic, advanced));
    }

    private static String put(String basic, String advanced) {
        return "{'TrailName':'management-events','EventSelectors':" + basic + ",'AdvancedEventSelectors':" + advanced
                + "}";
    }

    private ObjectNode call(String action, String input) {
        return api.call(action, Json.read(input.replace('\'', '"')), ME, Via.API);
    }

    private String code(String action, String input) {
        return assertThrows(AwsException.class, () -> call(action, input)).code();
    }
}
