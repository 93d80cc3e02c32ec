package dev.larder.functions.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.config.EnvironmentVariables;
import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.config.UpstreamSettings;
import dev.larder.config.Usage;
import dev.larder.config.UsageSettings;
import dev.larder.domain.usage.PullRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageWiringTest {
    private static final String REGION = "aws.region";

    private final Optional<String> before = Optional.ofNullable(System.getProperty(REGION));

    @BeforeEach
    void setRegion() {
        System.setProperty(REGION, "eu-central-1");
    }

    @AfterEach
    void resetRegion() {
        before.ifPresentOrElse(region -> System.setProperty(REGION, region), () -> System.clearProperty(REGION));
    }

    @Test
    void theRulesAreWhatTheTemplateSays() {
        assertEquals(
                new PullRules(
                        Set.of("quay"),
                        Set.of("cache-eu-central-1-WarmWorker", "cache-eu-central-1-WarmPlanner"),
                        Set.of("arn:aws:iam::111122223333:role/scanner")),
                UsageWiring.fromEnvironment(environment()).rules());
    }

    @Test
    void aVariableThatIsMissingIsNamed() {
        Map<String, String> environment = environment();
        environment.remove(EnvironmentVariables.OWN_ROLES);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> UsageWiring.fromEnvironment(environment));
        assertTrue(refused.getMessage().contains(EnvironmentVariables.OWN_ROLES), refused.getMessage());
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(EnvironmentVariables.TABLE, "cache");
        environment.put(
                EnvironmentVariables.OWN_ROLES, "cache-eu-central-1-WarmWorker, cache-eu-central-1-WarmPlanner");
        environment.putAll(UpstreamSettings.toEnvironment(List.of(
                new Upstream("quay", Registry.QUAY, "quay.io", Optional.empty(), List.of(), Optional.empty()))));
        environment.putAll(UsageSettings.toEnvironment(
                new Usage(Duration.ofDays(7), List.of("arn:aws:iam::111122223333:role/scanner"))));
        return environment;
    }
}
