package dev.larder.benchmarks.imports;

import dev.larder.events.WarmOrder;
import dev.larder.events.WarmReason;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.functions.AwsClients;
import dev.larder.functions.bus.SqsWarmOrders;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.TaggedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code ./larder up} in a process of its own, with one upstream. */
public final class CloudProcess implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Process process;
    private final Path larder;
    private final Path config;
    private final URI endpoint;
    private final SqsWarmOrders orders;
    private final ImageRecords records;

    private CloudProcess(Process process, Path larder, Path config, URI endpoint) {
        this.process = process;
        this.larder = larder;
        this.config = config;
        this.endpoint = endpoint;
        SqsClient sqs = AwsClients.sqs();
        String queue =
                sqs.getQueueUrl(get -> get.queueName("benchmark-WarmOrders")).queueUrl();
        this.orders = new SqsWarmOrders(sqs, queue);
        this.records = new DynamoDbImageRecords(AwsClients.dynamoDb(), "benchmark");
    }

    /**
     * Starts it; its prefix {@code mirror} is the upstream. The SDK of this process talks to it from now on.
     *
     * @param larder the script
     */
    public static CloudProcess start(Path folder, Path larder, Upstream upstream)
            throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("larder.yaml"), """
                name: benchmark
                cells:
                  - { account: "111122223333", region: eu-central-1 }
                upstreams:
                  mirror: { registry: custom, url: "http://%s" }
                """.formatted(upstream.authority()));
        int port = Upstream.freePort();
        Path log = folder.resolve("larder.log");
        Process process = new ProcessBuilder(
                        larder.toString(),
                        "up",
                        "--config",
                        config.toString(),
                        "--port",
                        String.valueOf(port),
                        "--registry-port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Program.awaitText(process, log, "Ctrl-C stops it");
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "benchmark");
        System.setProperty("aws.secretAccessKey", "any");
        return new CloudProcess(process, larder, config, endpoint);
    }

    /**
     * Orders an image, and waits until the record says that it is warm.
     *
     * @return how long that took by the clock on the wall
     * @throws IOException when it did not get warm, or another image did
     */
    public Duration warm(String image, Digest published) throws IOException, InterruptedException {
        Tagged tagged = (Tagged) ImageReference.parse(image);
        long start = System.nanoTime();
        orders.send(List.of(WarmOrder.atOnce(
                UUID.randomUUID().toString(), tagged, WarmReason.MANUAL, List.of(), false, Instant.now())));
        Optional<TaggedImage> found = records.tagged(tagged);
        while (found.flatMap(TaggedImage::warmedAt).isEmpty()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IOException(image + " is not warm after " + LONGEST + "; the record has " + found);
            }
            Thread.sleep(POLL);
            found = records.tagged(tagged);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!found.flatMap(TaggedImage::digest).equals(Optional.of(published))) {
            throw new IOException(image + " was published as " + published + ", and the record has " + found);
        }
        return took;
    }

    /** {@code ./larder warm --wait}: how long it took, with the start and the end of the command's own JVM. */
    public Duration warmByCommand(String image, Path log) throws IOException, InterruptedException {
        return Program.run(
                log,
                Map.of(
                        "AWS_ENDPOINT_URL", endpoint.toString(),
                        "AWS_ACCESS_KEY_ID", "benchmark",
                        "AWS_SECRET_ACCESS_KEY", "any"),
                List.of(larder.toString(), "warm", "--config", config.toString(), "--wait", image));
    }

    /** Waits until nothing that happened before keeps it busy. */
    public void awaitQuiet() throws IOException {
        try (InputStream answer =
                endpoint.resolve("/_larder/quiet?timeout=60s").toURL().openStream()) {
            String text = new String(answer.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!text.contains("true")) {
                throw new IOException("the local cloud does not come to rest: " + text);
            }
        }
    }

    @Override
    public void close() {
        Program.end(process);
    }
}
