package dev.larder.infra;

import java.util.List;

/** The event bus that Larder's own events go to. */
final class OwnEvents {
    /** The account's default bus, where whoever wants them can listen. */
    static final String BUS = "default";

    private OwnEvents() {}

    /** Lets a function send them. */
    static void grantPut(Deployment deployment, LiveFunction function) {
        function.allow(List.of("events:PutEvents"), List.of(deployment.arn("events", "event-bus/" + BUS)));
    }
}
