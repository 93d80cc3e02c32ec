package dev.larder.local;

import dev.larder.local.cloud.LocalCloud;
import dev.larder.local.cloud.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code up}: starts the cloud and keeps it until Ctrl-C. */
@Command(
        name = "up",
        description = "Start the local cloud with the synthesized stacks.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Option(names = "--cdk-out", paramLabel = "DIR", defaultValue = "cdk.out", description = "What cdk synth wrote.")
    private Path cdkOut = Path.of("cdk.out");

    @Option(names = "--data", paramLabel = "DIR", description = "Keep everything here; without it nothing is kept.")
    private @Nullable Path data;

    @Option(names = "--port", defaultValue = "4566", description = "Port of the AWS endpoint (${DEFAULT-VALUE}).")
    private int port = Options.PORT;

    @Option(names = "--registry-port", defaultValue = "4567", description = "Port of the registry (${DEFAULT-VALUE}).")
    private int registryPort = Options.REGISTRY_PORT;

    @Option(
            names = "--cell",
            paramLabel = "ACCOUNT/REGION",
            description = "The cell to stand for; the first by default.")
    private @Nullable String cell;

    @Option(names = "--no-trail", description = "Stand for an account without a CloudTrail trail.")
    private boolean noTrail;

    @Option(names = "--verbose", description = "Show each resource, and what the functions log.")
    private boolean verbose;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Stop stop = new Stop();
    private volatile boolean started;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Options options = new Options(
                cdkOut,
                Optional.ofNullable(data),
                port,
                registryPort,
                Optional.ofNullable(cell),
                line -> progress(out, line),
                (function, line) -> logged(out, function, line),
                !noTrail);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::request, "stop"));
        try (LocalCloud cloud = LocalCloud.start(options)) {
            started = true;
            out.print(new Greeting(cloud).text());
            out.flush();
            stop.await();
        } catch (CancellationException e) {
            // Ctrl-C during the start, which has taken back what it had begun
        } catch (IOException e) {
            if (!stop.isRequested()) {
                throw e;
            }
            out.println(e.getMessage()); // the process is about to end: nobody above would say it any more
        } finally {
            if (stop.isRequested()) {
                out.println("stopped");
                out.flush();
            }
            stop.done();
        }
        return 0;
    }

    private void progress(PrintWriter out, String line) {
        if (!started) {
            stop.check();
        }
        if (verbose || !line.startsWith("created ")) {
            out.println(line);
            out.flush();
        }
    }

    private void logged(PrintWriter out, String function, String line) {
        if (verbose) {
            out.println(function + ": " + line);
            out.flush();
        }
    }
}
