package dev.larder.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.AdaptiveRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;

class AwsClientsTest {
    private static final String REGION = SdkSystemSetting.AWS_REGION.property();

    @BeforeEach
    void inARegion() {
        System.setProperty(REGION, "eu-central-1");
    }

    @AfterEach
    void anywhere() {
        System.clearProperty(REGION);
    }

    @Test
    void whoeverReadsALotSlowsDownInsteadOfGivingUp() {
        try (EcrClient ecr = AwsClients.patientEcr();
                EcsClient ecs = AwsClients.ecs()) {
            assertPatient(ecr.serviceClientConfiguration().overrideConfiguration());
            assertPatient(ecs.serviceClientConfiguration().overrideConfiguration());
        }
    }

    private static void assertPatient(ClientOverrideConfiguration override) {
        RetryStrategy strategy = override.retryStrategy().orElseThrow();
        assertInstanceOf(AdaptiveRetryStrategy.class, strategy);
        assertEquals(8, strategy.maxAttempts());
    }
}
