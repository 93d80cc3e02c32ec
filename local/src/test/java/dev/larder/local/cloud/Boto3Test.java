package dev.larder.local.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** boto3 validates by AWS's model what it sends and reads: a judge of the stand-ins that is not ours. */
class Boto3Test {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path folder;

    @Test
    void boto3DrivesTheMainCallsOfEachService() throws Exception {
        assumeBoto3();
        Path script = folder.resolve("calls.py");
        try (InputStream in = Boto3Test.class.getResourceAsStream("calls.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path assembly = SmallStack.write(folder.resolve("cdk.out"));
        try (LocalCloud cloud = LocalCloud.start(Options.temporary(assembly))) {
            Process process = new ProcessBuilder(
                            PYTHON, script.toString(), cloud.endpoint().toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
        }
    }

    private static void assumeBoto3() throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of(PYTHON));
        if (there) {
            Process process = new ProcessBuilder(PYTHON, "-c", "import boto3").start();
            there = process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        }
        String reason = PYTHON + " has no boto3: install Debian's python3-boto3";
        if ("true".equals(System.getenv("CI"))) {
            assertEquals(true, there, reason);
        }
        assumeTrue(there, reason);
    }
}
