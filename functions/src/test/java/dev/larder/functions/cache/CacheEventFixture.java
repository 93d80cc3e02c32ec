package dev.larder.functions.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.config.Registry;
import dev.larder.config.Upstream;
import dev.larder.events.image.Digest;
import dev.larder.events.image.ImageReference;
import dev.larder.events.image.ImageReference.Digested;
import dev.larder.events.image.ImageReference.Tagged;
import dev.larder.events.image.Platform;
import dev.larder.events.image.RepositoryName;
import dev.larder.functions.Messages;
import dev.larder.functions.bus.RecordingOrders;
import dev.larder.functions.planning.DynamoDbElsewhere;
import dev.larder.functions.table.DynamoDbImageRecords;
import dev.larder.functions.table.ImageRecords;
import dev.larder.functions.table.LocalTable;
import dev.larder.functions.table.StoredManifest;
import dev.larder.functions.upstream.DynamoDbUpstreamStates;
import dev.larder.functions.upstream.UpstreamHealth;
import dev.larder.functions.usage.DynamoDbUsageLog;
import dev.larder.functions.usage.UsageLog;
import dev.larder.functions.warm.DynamoDbWarmLeases;
import dev.larder.functions.warm.Upstreams;
import dev.larder.functions.warm.WarmLeases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The handler of ECR's events, on DynamoDB Local. */
abstract class CacheEventFixture {
    static final Instant IMPORTED = Instant.parse("2026-11-24T10:15:30Z");
    static final Tagged NGINX = (Tagged) ImageReference.parse("docker-hub/library/nginx:1.27");
    static final Digest INDEX = new Digest("sha256:" + "a1".repeat(32));
    static final Digest CHILD = new Digest("sha256:" + "b2".repeat(32));
    static final Digest OLD = new Digest("sha256:" + "d4".repeat(32));
    static final String SUCCESS = "ecr/pull-through-success-cached.json";
    final LocalTable local = new LocalTable();
    final ImageRecords images = new DynamoDbImageRecords(local.client(), LocalTable.NAME);
    final DynamoDbUpstreamStates states = new DynamoDbUpstreamStates(local.table());
    final WarmLeases leases = new DynamoDbWarmLeases(local.table());
    final UsageLog log = new DynamoDbUsageLog(local.table());
    final RecordingOrders ordered = new RecordingOrders();
    final List<RepositoryName> created = new ArrayList<>();
    final CacheEventHandler handler = handler();

    CacheEventHandler handler() {
        Upstreams upstreams = new Upstreams(List.of(new Upstream(
                "docker-hub",
                Registry.DOCKER_HUB,
                "registry-1.docker.io",
                Optional.empty(),
                List.of("library/*"),
                Optional.empty())));
        Imports imports = new Imports(
                images,
                new Trips(log, () -> IMPORTED.plusSeconds(5)),
                leases,
                new UpstreamHealth(states),
                ordered,
                List.of(Platform.parse("linux/amd64")));
        return new CacheEventHandler(
                upstreams,
                images,
                leases,
                imports,
                new DynamoDbElsewhere(local.table()),
                created::add,
                () -> IMPORTED.plusSeconds(5));
    }

    @AfterEach
    void close() {
        local.close();
    }

    void describe(Digest digest, Set<Digest> children) {
        images.describe(new StoredManifest(
                new Digested(NGINX.repository(), digest),
                Optional.of("application/vnd.oci.image.index.v1+json"),
                children,
                Set.of(),
                OptionalLong.empty(),
                Optional.empty()));
    }

    void deliver(String... files) {
        assertEquals(List.of(), Messages.failed(handler.handleRequest(Messages.files(files), null)));
    }
}
