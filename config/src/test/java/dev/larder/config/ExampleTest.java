package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The example at the root of the repository is what a newcomer runs first. */
class ExampleTest {
    private static final Path EXAMPLE = Path.of("..", "larder.yaml");

    @Test
    void theExampleLoadsForTheLocalCloud() {
        LarderConfig config = ConfigFile.load(EXAMPLE, Target.LOCAL);

        assertEquals("platform-cache", config.name());
        assertEquals(List.of(new Cell("111122223333", "eu-central-1")), config.cells());
        assertEquals(
                List.of("docker-hub", "quay", "mirror"),
                config.upstreams().stream().map(Upstream::prefix).toList());
        assertEquals(
                Optional.of(new Budget(200, Duration.ofHours(6), 50, Budget.Counts.MANIFESTS)),
                config.upstreams().getFirst().budget());
        assertEquals(
                List.of("docker-hub/library/nginx:1.27", "docker-hub/grafana/grafana:12.*"),
                config.warm().pins());
        assertEquals(
                List.of(new Track("docker-hub/library/postgres", ">=15 <18", List.of("alpine"), 2)),
                config.warm().tracks());
        assertEquals(new Warm.Limits(500, 500_000_000_000L), config.warm().limits());
        assertEquals(1_000_000_000_000L, config.lifecycle().evict().limits().bytes());
    }

    @Test
    void aDeployRefusesTheLocalMirrorAndNothingElse() {
        InvalidConfigException refused =
                assertThrows(InvalidConfigException.class, () -> ConfigFile.load(EXAMPLE, Target.ACCOUNT));

        assertEquals(
                List.of("upstreams.mirror.registry"),
                refused.problems().stream().map(Problem::path).toList());
    }
}
