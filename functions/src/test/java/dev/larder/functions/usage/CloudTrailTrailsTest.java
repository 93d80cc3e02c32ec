package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsRequest;
import software.amazon.awssdk.services.cloudtrail.model.DescribeTrailsResponse;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusRequest;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

class CloudTrailTrailsTest {
    private static final String HERE = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/here";
    private static final String ORGANIZATION = "arn:aws:cloudtrail:us-east-1:999988887777:trail/organization";
    private static final Instant SPRING = Instant.parse("2026-04-01T00:00:00Z");

    private final StubCloudTrail client = new StubCloudTrail();
    private final Trails trails = new CloudTrailTrails(client);

    @Test
    void aTrailOfTheOrganizationIsAskedByItsArn() {
        client.statuses.put(ORGANIZATION, logging());
        assertEquals(new TrailState.Logging(ORGANIZATION, SPRING), trails.read());
        assertEquals(List.of("shadows", "selectors " + ORGANIZATION, "status " + ORGANIZATION), client.calls);
    }

    @Test
    void theStatusOfATrailThatTakesNoPullsIsNotAsked() {
        client.statuses.put(HERE, logging());
        client.selector = EventSelector.builder().readWriteType("WriteOnly").build();
        assertEquals(new TrailState.None(), trails.read());
        assertEquals(List.of("shadows", "selectors " + HERE), client.calls);
    }

    @Test
    void aRefusalIsAnAnswerThatNamesTheCall() {
        client.listing = denied("cloudtrail:DescribeTrails");
        assertEquals(
                new TrailState.Unreadable(
                        "could not list the trails: AccessDeniedException: not authorized to perform: cloudtrail:DescribeTrails"),
                trails.read());
    }

    @Test
    void oneTrailThatCannotBeReadDoesNotHideOneThatLogs() {
        client.statuses.put(HERE, logging());
        client.statuses.put(ORGANIZATION, denied("cloudtrail:GetTrailStatus"));
        assertEquals(new TrailState.Logging(HERE, SPRING), trails.read());
        client.statuses.remove(HERE);
        TrailState.Unreadable unreadable = assertInstanceOf(TrailState.Unreadable.class, trails.read());
        assertTrue(unreadable.reason().startsWith("could not read the trail " + ORGANIZATION), unreadable.reason());
    }

    @Test
    void anOutageIsUnreadableToo() {
        client.listing = SdkClientException.create("Connect timed out");
        assertEquals(
                new TrailState.Unreadable("could not list the trails: SdkClientException: Connect timed out"),
                trails.read());
    }

    @Test
    void aTrailThatLogsSinceNobodyKnowsWhenIsNoFoundationForADate() {
        client.statuses.put(
                HERE, GetTrailStatusResponse.builder().isLogging(true).build());
        assertInstanceOf(TrailState.Unreadable.class, trails.read());
    }

    private static GetTrailStatusResponse logging() {
        return GetTrailStatusResponse.builder()
                .isLogging(true)
                .startLoggingTime(SPRING)
                .build();
    }

    private static SdkException denied(String action) {
        String message = "not authorized to perform: " + action;
        return (CloudTrailException) CloudTrailException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("AccessDeniedException")
                        .errorMessage(message)
                        .build())
                .message(message)
                .build();
    }

    /** The SDK's client with answers of the test's. */
    private static final class StubCloudTrail implements CloudTrailClient {
        final List<String> calls = new ArrayList<>();
        final Map<String, Object> statuses = new HashMap<>();
        EventSelector selector = EventSelector.builder().build();
        SdkException listing;

        @Override
        public DescribeTrailsResponse describeTrails(DescribeTrailsRequest request) {
            calls.add(request.includeShadowTrails() ? "shadows" : "none");
            if (listing != null) {
                throw listing;
            }
            return DescribeTrailsResponse.builder()
                    .trailList(statuses.keySet().stream()
                            .map(arn -> Trail.builder().trailARN(arn).build())
                            .toList())
                    .build();
        }

        @Override
        public GetEventSelectorsResponse getEventSelectors(GetEventSelectorsRequest request) {
            calls.add("selectors " + request.trailName());
            return GetEventSelectorsResponse.builder().eventSelectors(selector).build();
        }

        @Override
        public GetTrailStatusResponse getTrailStatus(GetTrailStatusRequest request) {
            calls.add("status " + request.name());
            if (statuses.get(request.name()) instanceof SdkException failure) {
                throw failure;
            }
            return (GetTrailStatusResponse) statuses.get(request.name());
        }

        @Override
        public String serviceName() {
            return "cloudtrail";
        }

        @Override
        public void close() {}
    }
}
