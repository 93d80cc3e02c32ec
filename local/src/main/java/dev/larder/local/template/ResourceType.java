package dev.larder.local.template;

import java.io.IOException;
import java.util.Set;

/** How resources of one CloudFormation type are stood up here. */
public interface ResourceType {
    /** The type, for instance {@code AWS::SQS::Queue}. */
    String name();

    /**
     * The paths of the properties that this knows: {@code A.B}, {@code []} for the elements of a list, {@code *} for any
     * key, {@code **} for anything below.
     */
    Set<String> properties();

    /**
     * Creates the resource, or brings the one that an earlier start left into this state.
     *
     * @throws IOException when it cannot; the message says what to do
     * @throws dev.larder.local.aws.AwsException when a service refuses it
     */
    Deployed deploy(Resource resource) throws IOException;
}
