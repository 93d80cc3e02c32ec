package dev.larder.local.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code larder demo}: plays the whole story and fails when a step is not as told. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Plays the main job on the local cloud and checks every step.")
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--cdk-out", required = true, description = "the synthesized stacks")
    private Path cdkOut = Path.of("");

    @Option(names = "--enforced-cdk-out", required = true, description = "the same with lifecycle.enforce: true")
    private Path enforced = Path.of("");

    @Option(names = "--json", description = "end with one line of JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path data = Files.createTempDirectory("larder-demo");
        try (Stage stage = Stage.open(cdkOut, data)) {
            Teller teller = new Teller(out);
            Map<String, Object> figures = new Story(stage, teller).play(enforced);
            teller.figures(figures);
            if (json) {
                out.println(new JsonMapper().writeValueAsString(figures));
            }
            return 0;
        } catch (DemoFailedException e) {
            out.println();
            System.err.println("The demo did not go as told: " + e.getMessage());
            return 1;
        } finally {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
