package dev.larder.functions.upstream;

import dev.larder.functions.table.LocalStackCloud;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** The contract on LocalStack; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class DynamoDbUpstreamStatesIT extends UpstreamStatesContract {
    @Container
    private static final LocalStackContainer CLOUD = LocalStackCloud.container();

    private final UpstreamStates states = new DynamoDbUpstreamStates(LocalStackCloud.table(CLOUD));

    @Override
    UpstreamStates states() {
        return states;
    }
}
