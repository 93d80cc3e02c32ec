package dev.larder.local.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.local.programs.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs {@code boto3_calls.py} with Debian's boto3. */
record Boto3(Path script, URI endpoint) {
    static final String PYTHON = "/usr/bin/python3";

    static Boto3 in(Path folder, URI endpoint) throws IOException {
        Path script = folder.resolve("boto3_calls.py");
        try (InputStream in = Boto3.class.getResourceAsStream("boto3_calls.py")) {
            Files.write(script, in.readAllBytes());
        }
        return new Boto3(script, endpoint);
    }

    /** Skips the test where there is no boto3 to run; fails it when CI=true. */
    static void assume() throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of(PYTHON))
                && Program.run(PYTHON, "-c", "import boto3").exit() == 0;
        String reason = PYTHON + " has no boto3: install Debian's python3-boto3";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(there, reason);
        }
        assumeTrue(there, reason);
    }

    /** Waits until ECR has the repository and the image, and the table the pull. */
    void expectPull(String repository, String tag, int seconds) throws IOException, InterruptedException {
        Program.succeed(
                PYTHON, script.toString(), endpoint.toString(), "pull", repository, tag, String.valueOf(seconds));
    }

    /** The password that a user gets for the registry. */
    String password(String user) throws IOException, InterruptedException {
        return Program.succeed(PYTHON, script.toString(), endpoint.toString(), "password", user)
                .strip();
    }
}
