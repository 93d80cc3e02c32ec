package dev.larder.local.cloud;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How to start a local cloud.
 *
 * @param cdkOut the folder that {@code cdk synth} wrote
 * @param data where everything is kept; empty for a temporary folder that goes when the cloud stops
 * @param port of the AWS endpoint, 0 for any that is free
 * @param registryPort of the registry, 0 for any that is free
 * @param cell {@code <account>/<region>}, when the folder has stacks for several
 * @param progress told what happens, a line at a time
 * @param functionLog told each line that a function logs, after the function's name
 * @param trail whether a cloud that starts for the first time has a CloudTrail trail that logs all management events
 */
public record Options(
        Path cdkOut,
        Optional<Path> data,
        int port,
        int registryPort,
        Optional<String> cell,
        Consumer<String> progress,
        BiConsumer<String, String> functionLog,
        boolean trail) {
    /** The default port of the AWS endpoint. */
    public static final int PORT = 4566;

    /** The default port of the registry. */
    public static final int REGISTRY_PORT = 4567;

    /** With a trail. */
    public Options(
            Path cdkOut,
            Optional<Path> data,
            int port,
            int registryPort,
            Optional<String> cell,
            Consumer<String> progress,
            BiConsumer<String, String> functionLog) {
        this(cdkOut, data, port, registryPort, cell, progress, functionLog, true);
    }

    /** A silent cloud on free ports with a temporary data folder: what tests want. */
    public static Options temporary(Path cdkOut) {
        return new Options(cdkOut, Optional.empty(), 0, 0, Optional.empty(), progress -> {}, (function, line) -> {});
    }

    /** The same with a data folder that stays. */
    public Options withData(Path folder) {
        return new Options(cdkOut, Optional.of(folder), port, registryPort, cell, progress, functionLog, trail);
    }

    /** The same with somebody who reads the functions' logs. */
    public Options withFunctionLog(BiConsumer<String, String> reader) {
        return new Options(cdkOut, data, port, registryPort, cell, progress, reader, trail);
    }

    /** The same for an account that has no trail; a data folder that has one keeps it. */
    public Options withoutTrail() {
        return new Options(cdkOut, data, port, registryPort, cell, progress, functionLog, false);
    }
}
