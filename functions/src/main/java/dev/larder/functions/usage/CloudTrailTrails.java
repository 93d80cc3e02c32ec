package dev.larder.functions.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/**
 * {@link Trails} of CloudTrail: {@code DescribeTrails}, and for each trail {@code GetEventSelectors} and, when those take
 * pulls, {@code GetTrailStatus}. Trails of other regions and of the organization that log here too are among them.
 */
public final class CloudTrailTrails implements Trails {
    private final CloudTrailClient client;

    /** @param client of CloudTrail's API in the cell's region */
    public CloudTrailTrails(CloudTrailClient client) {
        this.client = client;
    }

    @Override
    public TrailState read() {
        List<Trail> trails;
        try {
            trails = client.describeTrails(describe -> describe.includeShadowTrails(true))
                    .trailList();
        } catch (SdkException e) {
            return unreadable("list the trails", e);
        }
        List<TrailState> states = new ArrayList<>();
        for (Trail trail : trails) {
            states.add(read(trail.trailARN()));
        }
        return TrailChoice.of(states);
    }

    /** By ARN: by name, only trails of this region and account are found. */
    private TrailState read(String arn) {
        try {
            if (!PullSelectors.takePulls(client.getEventSelectors(get -> get.trailName(arn)))) {
                return new TrailState.None();
            }
            return state(arn, client.getTrailStatus(get -> get.name(arn)));
        } catch (SdkException e) {
            return unreadable("read the trail " + arn, e);
        }
    }

    private static TrailState state(String arn, GetTrailStatusResponse status) {
        if (!Boolean.TRUE.equals(status.isLogging())) {
            return new TrailState.Stopped(arn, Optional.ofNullable(status.stopLoggingTime()));
        }
        return status.startLoggingTime() == null
                ? new TrailState.Unreadable("the trail " + arn + " is logging, and CloudTrail does not say since when")
                : new TrailState.Logging(arn, status.startLoggingTime());
    }

    private static TrailState unreadable(String action, SdkException e) {
        String cause = e instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().errorCode() + ": "
                        + service.awsErrorDetails().errorMessage()
                : e.getClass().getSimpleName() + ": " + e.getMessage();
        return new TrailState.Unreadable("could not " + action + ": " + cause);
    }
}
