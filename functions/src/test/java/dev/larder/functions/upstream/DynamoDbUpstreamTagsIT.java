package dev.larder.functions.upstream;

import dev.larder.functions.table.LocalStackCloud;
import java.time.InstantSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** The contract on LocalStack; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class DynamoDbUpstreamTagsIT extends UpstreamTagsContract {
    @Container
    private static final LocalStackContainer CLOUD = LocalStackCloud.container();

    private final UpstreamTags tags = new DynamoDbUpstreamTags(LocalStackCloud.table(CLOUD), InstantSource.system());

    @Override
    UpstreamTags tags() {
        return tags;
    }
}
