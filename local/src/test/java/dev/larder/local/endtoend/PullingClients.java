package dev.larder.local.endtoend;

import dev.larder.local.programs.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** skopeo and boto3, which pull as several identities, some of them at the same time. */
final class PullingClients implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final Path folder;
    private final String endpoint;
    private final String registry;
    private final Map<String, String> logins = new HashMap<>();
    private final AtomicInteger copies = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    /** So many pulls of an image. */
    record Order(String who, String image, int times) {}

    /** Logs the identities in: names of users, ARNs of roles. */
    PullingClients(Path folder, String endpoint, String registry, List<String> identities)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.endpoint = endpoint;
        this.registry = registry;
        try (InputStream in = PullingClients.class.getResourceAsStream("boto3_pulls.py")) {
            Files.write(script(), in.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(Boto3.PYTHON, script().toString(), endpoint, "passwords"));
        command.addAll(identities);
        List<String> passwords =
                Program.succeed(command.toArray(String[]::new)).lines().toList();
        for (int i = 0; i < passwords.size(); i++) {
            logins.put(identities.get(i), "AWS:" + passwords.get(i));
        }
    }

    private Path script() {
        return folder.resolve("boto3_pulls.py");
    }

    /** Copies each image as often as it is ordered, several at once. */
    void skopeo(List<Order> orders) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Order order : orders) {
            for (int i = 0; i < order.times(); i++) {
                running.add(threads.submit(() -> copy(order.who(), order.image())));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    private String copy(String who, String image) throws IOException, InterruptedException {
        return Program.succeed(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--override-arch=amd64",
                "--src-tls-verify=false",
                "--src-creds=" + logins.get(who),
                "docker://" + registry + "/" + image,
                "dir:" + folder.resolve("copy-" + copies.incrementAndGet()));
    }

    /** Asks for each manifest as often as it is ordered, several at once. */
    void boto3(List<Order> orders) throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("orders"),
                String.join(
                        "\n",
                        orders.stream()
                                .map(order -> order.who() + " " + order.image() + " " + order.times())
                                .toList()));
        Program.succeed(Boto3.PYTHON, script().toString(), endpoint, "pull", file.toString());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
