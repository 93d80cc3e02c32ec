package dev.larder.local.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
public final class Program {
    private Program() {}

    /** How it ended, and everything it wrote. */
    public record Outcome(int exit, String output) {}

    /** Runs it for at most a minute. */
    public static Outcome run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".out");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException(
                        "still running after 60 s: " + List.of(command) + "\n" + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Runs it and expects success. */
    public static String succeed(String... command) throws IOException, InterruptedException {
        Outcome outcome = run(command);
        if (outcome.exit() != 0) {
            throw new IOException("exit " + outcome.exit() + " of " + List.of(command) + "\n" + outcome.output());
        }
        return outcome.output();
    }
}
