package dev.larder.local.programs;

import dev.larder.events.image.Digest;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's {@code docker-registry} as a process of ours, on a loopback port, with its access log. */
public final class DockerRegistry implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path output;

    private DockerRegistry(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /** Starts it with its storage under the folder and waits until it listens. */
    public static DockerRegistry start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = folder.resolve("config.yml");
        Files.writeString(config, """
                version: 0.1
                log: {accesslog: {disabled: false}, level: warn}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: 127.0.0.1:%d}
                """.formatted(folder.resolve("storage"), port));
        Path output = folder.resolve("output.log");
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(process, port, output);
        for (int i = 0; i < 200; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return registry;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        registry.close();
        throw new IOException("docker-registry does not listen on port " + port + ":\n" + Files.readString(output));
    }

    public String authority() {
        return "127.0.0.1:" + port;
    }

    /**
     * Pushes an image with every platform, made on the spot; skopeo checks each digest on the way.
     *
     * @return the digest of its index
     */
    public Digest publish(String repository, String tag, FixtureImage image) throws IOException, InterruptedException {
        try (FixtureRegistry source = FixtureRegistry.start()) {
            Digest digest = source.publish(repository, tag, image);
            push(source, repository, tag);
            return digest;
        }
    }

    /**
     * The same for the first platform only, without an index.
     *
     * @return the digest of its manifest
     */
    public Digest publishSingle(String repository, String tag, FixtureImage image)
            throws IOException, InterruptedException {
        try (FixtureRegistry source = FixtureRegistry.start()) {
            Digest digest = source.publishSingle(repository, tag, image);
            push(source, repository, tag);
            return digest;
        }
    }

    private void push(FixtureRegistry source, String repository, String tag) throws IOException, InterruptedException {
        String name = "/" + repository + ":" + tag;
        Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--all",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "docker://127.0.0.1:" + source.port() + name,
                "docker://" + authority() + name);
    }

    /** The lines of its access log that are requests for content. */
    public List<String> requests() throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.contains("\"GET /v2/") || line.contains("\"HEAD /v2/"))
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
