package dev.larder.local.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that runs until it is told to end, in a session of its own as in a terminal of its own. Needs setsid. */
public final class Service implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Service(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param output the file that gets what it writes
     * @param environment is added to this process's own
     */
    public static Service start(Path output, Map<String, String> environment, List<String> command) throws IOException {
        // a shell in the background has its children ignore Ctrl-C; a terminal has not
        List<String> whole = Stream.concat(Stream.of("setsid", "env", "--default-signal=INT"), command.stream())
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Service(builder.start(), output);
    }

    /** Waits until it has written something that matches; fails when it ends before. */
    public Matcher await(Pattern pattern, Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            Matcher matcher = pattern.matcher(output());
            if (matcher.find()) {
                return matcher;
            }
            if (!alive || System.nanoTime() > end) {
                throw new IOException(
                        (alive ? "not seen in " + timeout : "ended before") + ": " + pattern + " in\n" + output());
            }
            Thread.sleep(50);
        }
    }

    /** Everything it wrote so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** It and what it started. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** What Ctrl-C does in a terminal: SIGINT to all of its processes. */
    public void interrupt() throws IOException, InterruptedException {
        signal("INT");
    }

    /** Ends all of its processes where they stand. */
    public void kill() throws IOException, InterruptedException {
        signal("KILL");
        awaitExit(Duration.ofSeconds(10));
    }

    /** Its exit code. */
    public int awaitExit(Duration timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("still running after " + timeout + ":\n" + output());
        }
        return process.exitValue();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Program.succeed("bash", "-c", "kill -" + name + " -- -" + process.pid());
    }

    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}
