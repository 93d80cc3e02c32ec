package dev.larder.functions.warm;

import dev.larder.functions.table.LocalStackCloud;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** The contract on LocalStack; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class DynamoDbWarmLeasesIT extends WarmLeasesContract {
    @Container
    private static final LocalStackContainer CLOUD = LocalStackCloud.container();

    private final WarmLeases leases = new DynamoDbWarmLeases(LocalStackCloud.table(CLOUD));

    @Override
    WarmLeases leases() {
        return leases;
    }
}
