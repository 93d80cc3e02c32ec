package dev.larder.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The app, or a tool that starts it, in a process of its own. */
record AppProcess(int exit, String output, String errors) {
    /** The command that starts the app as {@code ./larder cdk-app} does. */
    static List<String> app() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LarderApp.class.getName());
    }

    static AppProcess run(List<String> command, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        Path folder = Synthesized.folder();
        Path output = folder.resolve("out.txt");
        Path errors = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("still running after five minutes: " + whole);
        }
        return new AppProcess(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}
