package dev.larder.functions.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.events.image.RepositoryName;
import dev.larder.functions.desired.InMemorySettings;
import dev.larder.functions.desired.NewRepositories;
import dev.larder.functions.ecr.RepositorySettings.Current;
import dev.larder.functions.ecr.RepositorySettings.Template;
import dev.larder.functions.sweep.EvictionSwitch;
import dev.larder.functions.table.LocalTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheWiringTest {
    private static final RepositoryName APP = new RepositoryName("quay/app");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void aNewRepositoryGetsNoPolicyThatExpiresWhileTheCellsSwitchIsOff() {
        InMemorySettings settings = new InMemorySettings();
        settings.templates.add(new Template(
                "quay",
                Optional.of("{\"rules\":[{\"rulePriority\":1,\"description\":\"larder: untagged\",\"selection\":"
                        + "{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\","
                        + "\"countNumber\":90},\"action\":{\"type\":\"expire\"}}]}"),
                Optional.empty(),
                Map.of(),
                settings.current.orElseThrow().description().tagMutability(),
                Optional.empty()));
        try (LocalTable local = new LocalTable()) {
            EvictionSwitch killSwitch = new EvictionSwitch(local.table());
            NewRepositories repositories =
                    CacheWiring.repositories(local.table(), settings, (work, delay) -> {}, () -> NOW);
            killSwitch.turn(new EvictionSwitch.State(true, "ops", "incident 9", NOW));
            repositories.created(APP);
            assertEquals(Optional.empty(), settings.current.flatMap(Current::lifecyclePolicy));
            killSwitch.turn(new EvictionSwitch.State(false, "ops", "", NOW));
            repositories.created(APP);
            assertTrue(settings.current.flatMap(Current::lifecyclePolicy).isPresent());
        }
    }
}
