package dev.larder.benchmarks.imports;

import dev.larder.events.image.Digest;
import dev.larder.events.image.Platform;
import dev.larder.local.fixture.FixtureImage;
import dev.larder.local.fixture.FixtureRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's {@code docker-registry} on a loopback port, and the images in it. */
public final class Upstream implements AutoCloseable {
    private static final List<Platform> PLATFORMS =
            Stream.of("linux/amd64", "linux/arm64").map(Platform::parse).toList();
    private static final int LAYERS = 10;

    private final Path folder;
    private final Process process;
    private final int port;
    private final int layerBytes;
    private long seed;

    private Upstream(Path folder, Process process, int port, int layerBytes) {
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.layerBytes = layerBytes;
    }

    /**
     * Starts it.
     *
     * @param layerBytes of each layer of each image; they do not compress
     */
    public static Upstream start(Path folder, int layerBytes) throws IOException, InterruptedException {
        int port = freePort();
        Path config = Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                log: {accesslog: {disabled: true}, level: warn}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: 127.0.0.1:%d}
                """.formatted(folder.resolve("storage"), port));
        Path log = folder.resolve("registry.log");
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Program.awaitPort(process, log, port);
        return new Upstream(folder, process, port, layerBytes);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** {@code 127.0.0.1:<port>}. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /**
     * Pushes an image whose bytes nobody has seen before: ten layers for each of two platforms.
     *
     * @return the digest of its index
     */
    public Digest publish(String repository, String tag) throws IOException, InterruptedException {
        String name = "/" + repository + ":" + tag;
        try (FixtureRegistry source = FixtureRegistry.start()) {
            Digest digest =
                    source.publish(repository, tag, new FixtureImage(PLATFORMS, seed++, LAYERS, layerBytes, false));
            Program.run(
                    folder.resolve("push.log"),
                    Map.of(),
                    List.of(
                            "skopeo",
                            "--insecure-policy",
                            "copy",
                            "--all",
                            "--quiet",
                            "--src-tls-verify=false",
                            "--dest-tls-verify=false",
                            "docker://127.0.0.1:" + source.port() + name,
                            "docker://" + authority() + name));
            return digest;
        }
    }

    @Override
    public void close() {
        Program.end(process);
    }
}
