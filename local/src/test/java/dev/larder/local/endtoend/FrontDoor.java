package dev.larder.local.endtoend;

import dev.larder.local.programs.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The script {@code larder} in a folder of its own, where everything counts as built: links lead to what the build under
 * test has made so far, so that nothing is built in a test.
 */
record FrontDoor(Path root) implements AutoCloseable {
    /** To write it takes longer than the command: whoever wants it written says so. */
    private static final String ONLY_READS = "only_reads_class_data";

    /** Has a start write class data for the next one, as a person's does. */
    static final Map<String, String> WRITES_CLASS_DATA = Map.of(ONLY_READS, "");

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> LINKED =
            List.of("larder", "pom.xml", "larder.yaml", "test-events", "functions", "infra", "cli", "local");

    /** How it ended, and everything it wrote. */
    record Outcome(int exit, String output) {}

    static FrontDoor in(Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("larder"));
        for (String name : LINKED) {
            Files.createSymbolicLink(root.resolve(name), REPOSITORY.resolve(name));
        }
        Files.createFile(Files.createDirectory(root.resolve(".larder")).resolve("built"));
        return new FrontDoor(root);
    }

    /** {@code ./larder} with these arguments, left running, with these variables added to the environment. */
    Service start(String log, Map<String, String> environment, String... arguments) throws IOException {
        Map<String, String> whole =
                new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home"), ONLY_READS, "yes"));
        whole.putAll(environment);
        return Service.start(
                root.resolve(log),
                whole,
                Stream.concat(Stream.of("/bin/bash", root.resolve("larder").toString()), Stream.of(arguments))
                        .toList());
    }

    /** {@code ./larder up} over the configuration in a folder, which gets the data, too. */
    CloudService up(Path folder) throws IOException, InterruptedException {
        return CloudService.of(start(
                "up.log",
                Map.of(),
                "up",
                config(folder),
                "--data=" + folder.resolve("data"),
                "--port=0",
                "--registry-port=0"));
    }

    /** The option that names the configuration in a folder. */
    static String config(Path folder) {
        return "--config=" + folder.resolve("larder.yaml");
    }

    /** Runs {@code ./larder} to its end. */
    Outcome run(String... arguments) throws IOException, InterruptedException {
        return ended(start("run.log", Map.of(), arguments));
    }

    /** Runs an operator's command to its end, against that cloud. */
    Outcome operate(CloudService cloud, String... arguments) throws IOException, InterruptedException {
        return ended(start(
                "operate.log",
                Map.of("AWS_ENDPOINT_URL", cloud.endpoint().toString()),
                Stream.concat(Stream.of(arguments), Stream.of("--local")).toArray(String[]::new)));
    }

    /** Reads the script's functions into a shell, then runs the text there. */
    Outcome shell(String text) throws IOException, InterruptedException {
        return ended(Service.start(
                root.resolve("shell.log"),
                Map.of(),
                List.of("bash", "-c", "source '" + root.resolve("larder") + "' help > /dev/null\n" + text)));
    }

    private static Outcome ended(Service service) throws IOException, InterruptedException {
        try (service) {
            return new Outcome(service.awaitExit(Duration.ofMinutes(2)), service.output());
        }
    }

    /** Takes the links away, so that whoever empties the folder has none to follow. */
    @Override
    public void close() throws IOException {
        for (String name : LINKED) {
            Files.delete(root.resolve(name));
        }
    }
}
