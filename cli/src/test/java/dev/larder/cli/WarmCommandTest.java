package dev.larder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.InvalidConfigException;
import dev.larder.domain.upstream.Failure;
import dev.larder.domain.upstream.FailureKind;
import dev.larder.events.EventParser;
import dev.larder.events.MalformedEventException;
import dev.larder.events.WarmOrder;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.warm.WarmEnding;
import dev.larder.functions.warm.WarmEnding.Outcome;
import dev.larder.functions.warm.WarmLeases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** {@code larder warm}, from its command line to its exit code, with a worker that does what it is told. */
class WarmCommandTest {
    private static final Instant NOW = RecordedCell.NOW;
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));
    private static final Map<Digest, Platform> LISTED = Map.of(
            new Digest("sha256:" + "2".repeat(64)), Platform.parse("linux/amd64"),
            new Digest("sha256:" + "3".repeat(64)), Platform.parse("linux/arm64"));

    private final StringWriter out = new StringWriter();
    private final List<WarmOrder> ordered = new ArrayList<>();
    private Consumer<WarmOrder> worker = order -> {};

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private RecordedCell cell;

    @BeforeEach
    void open() throws IOException, InvalidConfigException {
        cell = new RecordedCell(folder);
    }

    @AfterEach
    void close() {
        cell.close();
    }

    @Test
    void anImageIsOrderedAsTheCommandLineSays() {
        assertEquals(0, run("quay/a/b:1", "quay/a/b:2@" + DIGEST, "--platform", "linux/arm64", "--refresh"));
        assertEquals(
                List.of("quay/a/b:1 [linux/arm64] true", "quay/a/b@" + DIGEST + " [linux/arm64] true"),
                ordered.stream()
                        .map(order -> order.image() + " " + order.platforms() + " " + order.refresh())
                        .toList());
        assertEquals(
                List.of("ordered quay/a/b:1", "ordered quay/a/b@" + DIGEST),
                out.toString().lines().toList());
    }

    @Test
    void whoWaitsForAPlatformAndARefreshIsToldOfEachStepAndExitsWithNought() {
        worker = order -> warms(order, "linux/arm64");
        assertEquals(0, run("quay/a/b:1", "--platform", "linux/arm64", "--refresh", "--wait"));
        assertEquals(
                List.of(
                        "ordered quay/a/b:1",
                        "importing quay/a/b:1",
                        "landed quay/a/b:1 linux/arm64",
                        "warm quay/a/b:1 " + DIGEST + " in 2.0 s, the same as the upstream's"),
                out.toString().lines().toList());
    }

    @Test
    void onlyWhoSaysSoHasATagTakenOff() {
        assertEquals(0, run("quay/a/b:1", "--refresh", "--take-tag-off"));
        assertEquals(0, run("quay/a/b:2@" + DIGEST, "--take-tag-off"));
        assertEquals(0, run("quay/a/b:1", "--refresh"));
        assertEquals(
                List.of(true, true, false),
                ordered.stream().map(WarmOrder::takeOff).toList());
        assertEquals(1, run("quay/a/b:1", "--take-tag-off"));
        assertEquals(3, ordered.size());
    }

    @Test
    void aTagThatCouldNotBeBroughtForwardIsToldAndExitsWithOne() {
        worker = order -> {
            Failure behind = new Failure(FailureKind.NOT_FOUND, "TagNotDue", "the upstream has moved on");
            warms(order, new WarmEnding(Outcome.WARMED, Optional.of(behind)), "linux/arm64");
        };
        assertEquals(1, run("quay/a/b:1", "--refresh", "--wait"));
        assertEquals(
                "failed quay/a/b:1: not_found (TagNotDue: the upstream has moved on)",
                out.toString().lines().toList().getLast());
    }

    @Test
    void aPlatformThatTheUpstreamDoesNotHaveIsNamedAndExitsWithOne() {
        worker = order -> warms(order, "linux/arm64");
        assertEquals(1, run("quay/a/b:1", "--platform", "linux/s390x", "--platform", "linux/arm64", "--wait"));
        assertEquals(
                "failed quay/a/b:1: not_found (PlatformNotFound: the image is in the cache, and the upstream does not"
                        + " have it for [linux/s390x], only for [linux/amd64, linux/arm64])",
                out.toString().lines().toList().getLast());
    }

    @Test
    void platformsOfTheFileThatTheUpstreamDoesNotHaveAreNotMissed() {
        worker = order -> warms(order, "linux/amd64", "linux/arm64");
        assertEquals(0, run("quay/a/b:1", "--wait"));
    }

    @Test
    void anOrderThatFailsExitsWithOne() {
        worker = order -> {
            cell.operated.leases().acquire(order.image(), order.orderId(), NOW.plusSeconds(1));
            end(order, new WarmEnding(Outcome.FAILED, Optional.of(Failure.classify("ImageNotFound", "no such tag"))));
        };
        assertEquals(1, run("quay/a/b:1", "--wait"));
        assertEquals(
                "failed quay/a/b:1: not_found (ImageNotFound: no such tag)",
                out.toString().lines().toList().getLast());
    }

    /** Warms an index for two platforms, of which it verifies these. */
    private void warms(WarmOrder order, String... verified) {
        warms(order, new WarmEnding(Outcome.WARMED, Optional.empty()), verified);
    }

    private void warms(WarmOrder order, WarmEnding ending, String... verified) {
        WarmLeases leases = cell.operated.leases();
        ImageRecords images = cell.operated.images();
        Set<Platform> platforms =
                List.of(verified).stream().map(Platform::parse).collect(Collectors.toSet());
        Digested index = new Digested(order.image().repository(), DIGEST);
        leases.acquire(order.image(), order.orderId(), NOW.plusSeconds(1));
        leases.landed(order.image(), order.orderId(), platforms);
        images.imported((Tagged) order.image(), DIGEST, NOW.plusSeconds(2));
        images.describe(new StoredManifest(
                index,
                Optional.of("application/vnd.oci.image.index.v1+json"),
                LISTED.keySet(),
                platforms,
                OptionalLong.of(100),
                Optional.empty()));
        images.lists(
                index,
                LISTED.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, listed -> Optional.of(listed.getValue()))));
        images.warmed(order.image(), Optional.empty(), NOW.plusSeconds(3));
        end(order, ending);
    }

    private void end(WarmOrder order, WarmEnding ending) {
        cell.operated.leases().release(order.image(), order.orderId(), ending, NOW.plusSeconds(3));
    }

    private int run(String... arguments) {
        OperatedCell recorded = cell.operated;
        OperatedCell operated = new OperatedCell(
                recorded.config(),
                recorded.cell(),
                recorded.dynamoDb(),
                new WorkedQueue(),
                recorded.ecr(),
                recorded.workloads(),
                recorded.clock());
        return new CommandLine(new WarmCommand(new CellOptions(operated)))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }

    private final class WorkedQueue implements SqsClient {
        @Override
        public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
            return GetQueueUrlResponse.builder().queueUrl(request.queueName()).build();
        }

        @Override
        public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            assertEquals("test-WarmOrders", request.queueUrl());
            request.entries().forEach(entry -> {
                WarmOrder order = parsed(entry.messageBody());
                ordered.add(order);
                worker.accept(order);
            });
            return SendMessageBatchResponse.builder().build();
        }

        private static WarmOrder parsed(String body) {
            try {
                return (WarmOrder) EventParser.parse(body);
            } catch (MalformedEventException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }
}
