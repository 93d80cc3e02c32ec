package dev.larder.benchmarks.imports;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The programs of this machine that a measurement runs. */
final class Program {
    private static final Duration START = Duration.ofMinutes(2);

    private Program() {}

    /**
     * Runs it.
     *
     * @param environment added to this process's own
     * @return how long it took by the clock on the wall, its start included
     * @throws IOException when it cannot be run or fails, with what it wrote
     */
    static Duration run(Path log, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        int exit = builder.start().waitFor();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (exit != 0) {
            throw new IOException("exit " + exit + " of " + String.join(" ", command) + "\n" + Files.readString(log));
        }
        return took;
    }

    /** Waits until a program has written a text; fails when it ends before, or after two minutes. */
    static void awaitText(Process process, Path log, String text) throws IOException, InterruptedException {
        await(process, log, () -> Files.readString(log).contains(text));
    }

    /** Waits until a program listens on a port; fails when it ends before, or after two minutes. */
    static void awaitPort(Process process, Path log, int port) throws IOException, InterruptedException {
        await(process, log, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (ConnectException e) {
                return false;
            }
        });
    }

    /** Ends a program that runs until it is told to end, and waits for it. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Process process, Path log, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                end(process);
                throw new IOException("it did not start:\n" + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }
}
