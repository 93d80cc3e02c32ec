package dev.larder.local;

import dev.larder.local.cloud.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code clock}: shows and moves the clock of a cloud that runs. */
@Command(
        name = "clock",
        description = "Show the local cloud's clock, or move it forward.",
        mixinStandardHelpOptions = true,
        subcommands = {ClockCommand.Show.class, ClockCommand.Advance.class})
final class ClockCommand {
    @Option(names = "--port", defaultValue = "4566", description = "Port of the AWS endpoint (${DEFAULT-VALUE}).")
    private int port = Options.PORT;

    private int send(HttpRequest.Builder request, CommandSpec spec) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + port + "/_larder/clock");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.uri(address).build(), HttpResponse.BodyHandlers.ofString());
            boolean ok = answer.statusCode() == 200;
            PrintWriter out =
                    ok ? spec.commandLine().getOut() : spec.commandLine().getErr();
            out.println(answer.body());
            out.flush();
            return ok ? 0 : 1;
        } catch (ConnectException e) {
            throw new IOException(
                    "no local cloud answers on 127.0.0.1:" + port + ". Start one with `larder up`, or give its --port.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the clock moves", e);
        }
    }

    /** {@code clock show}. */
    @Command(name = "show", description = "Show the time.", mixinStandardHelpOptions = true)
    static final class Show implements java.util.concurrent.Callable<Integer> {
        @ParentCommand
        private ClockCommand parent = new ClockCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            return parent.send(HttpRequest.newBuilder().GET(), spec);
        }
    }

    /** {@code clock advance}. */
    @Command(
            name = "advance",
            description = "Move forward through everything that is due.",
            mixinStandardHelpOptions = true)
    static final class Advance implements java.util.concurrent.Callable<Integer> {
        @ParentCommand
        private ClockCommand parent = new ClockCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "DURATION", description = "For instance 25h, 31d or PT25H.")
        private String duration = "";

        @Override
        public Integer call() throws IOException {
            String body = "{\"advance\":\"" + duration.replaceAll("[\"\\\\]", "") + "\"}";
            return parent.send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), spec);
        }
    }
}
