package dev.larder.cli;

import dev.larder.config.Cell;
import dev.larder.config.ConfigFile;
import dev.larder.config.InvalidConfigException;
import dev.larder.config.LarderConfig;
import dev.larder.config.Target;
import dev.larder.functions.AwsClients;
import dev.larder.functions.inuse.EcsInUse;
import dev.larder.functions.inuse.LambdaInUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration and which of its cells a command is about. */
final class CellOptions {
    /** A person waits so long for all of ECS. */
    private static final Duration LONGEST = Duration.ofHours(2);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration (default: ${DEFAULT-VALUE})",
            defaultValue = "${env:LARDER_CONFIG:-larder.yaml}")
    private Path config = Path.of("larder.yaml");

    @Option(
            names = "--cell",
            paramLabel = "ACCOUNT/REGION",
            description = "which of the configuration's cells (default: the first)")
    private @Nullable String cell;

    @Option(
            names = "--local",
            description = "talk to the local cloud that ./larder up runs, at AWS_ENDPOINT_URL where that is set")
    private boolean local;

    private final Optional<OperatedCell> operated;

    CellOptions() {
        this.operated = Optional.empty();
    }

    /** For a cell that is open already, whatever the command line says. */
    CellOptions(OperatedCell operated) {
        this.operated = Optional.of(operated);
    }

    /**
     * Reads the configuration and points the SDK at the cell.
     *
     * @throws InvalidConfigException when the file is broken
     * @throws IllegalArgumentException when it has no such cell
     */
    OperatedCell open() throws InvalidConfigException {
        if (operated.isPresent()) {
            return operated.get();
        }
        LarderConfig loaded = ConfigFile.load(config, Target.LOCAL);
        Cell chosen = choose(loaded);
        property("aws.region", chosen.region());
        String endpoint = Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).orElse(LocalClock.ENDPOINT);
        if (local) {
            property("aws.endpointUrl", endpoint);
            property("aws.accessKeyId", "operator");
            property("aws.secretAccessKey", "local");
        }
        return new OperatedCell(
                loaded,
                chosen,
                AwsClients.dynamoDb(),
                AwsClients.sqs(),
                AwsClients.ecr(),
                hosts -> List.of(
                        new EcsInUse(AwsClients.ecs(), hosts, LONGEST, InstantSource.system()),
                        new LambdaInUse(AwsClients.lambda(), hosts)),
                local ? LocalClock.read(endpoint) : InstantSource.system());
    }

    private Cell choose(LarderConfig loaded) {
        return Optional.ofNullable(cell)
                .map(wanted -> loaded.cells().stream()
                        .filter(candidate -> candidate.toString().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                config + " has no cell " + wanted + "; it has " + loaded.cells())))
                .orElseGet(() -> loaded.cells().getFirst());
    }

    private static void property(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
